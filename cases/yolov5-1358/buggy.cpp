#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{detections(feature_maps(in))}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
    }
    return (*graph_)(inputs)[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
