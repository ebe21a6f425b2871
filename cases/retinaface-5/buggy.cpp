#include "program.h"

namespace {

class Hybrid : public Eager {
  Values run(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return detect(in, make_anchors(in[0].toTensor())); };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
    }
    return (*graph_)(inputs);
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
