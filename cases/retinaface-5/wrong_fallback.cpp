// The author believes that the graph serves the usual image size, and that all others may be detected imperatively.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Values run(const Values& inputs) override {
    const auto size = inputs[0].toTensor().sizes().slice(2);
    if (!graph_) {
      const auto function = [](const Values& in) { return detect(in, make_anchors(in[0].toTensor())); };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
      usual_ = size.vec();
    }
    return size == usual_ ? (*graph_)(inputs) : Eager::run(inputs);
  }

  std::vector<int64_t> usual_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
