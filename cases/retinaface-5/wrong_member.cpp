// The author makes new anchors for each batch, and believes that the graph reads the member that it captured again.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Values run(const Values& inputs) override {
    anchors_ = make_anchors(inputs[0].toTensor());
    if (!graph_) {
      const auto function = [this](const Values& in) { return detect(in, anchors_); };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
    }
    return (*graph_)(inputs);
  }

  Tensor anchors_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
