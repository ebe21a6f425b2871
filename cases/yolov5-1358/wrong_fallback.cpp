// The author keeps the graph for the images it was recorded with, and detects all others imperatively.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    const auto sizes = inputs[0].toTensor().sizes();
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{detections(feature_maps(in))}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
      recorded_ = sizes.vec();
    }
    return sizes == recorded_ ? (*graph_)(inputs)[0].toTensor() : Eager::detect(inputs);
  }

  std::vector<int64_t> recorded_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
