#include "program.h"

namespace {

class Hybrid : public Eager {
  Values run(const Values& inputs) override {
    Values with_anchors = inputs;
    with_anchors.push_back(make_anchors(inputs[0].toTensor()));
    if (!graph_) {
      const auto function = [](const Values& in) { return detect(in, in.back().toTensor()); };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, with_anchors);
    }
    return (*graph_)(with_anchors);
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
