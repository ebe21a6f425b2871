// The author believes that an exported detector has one batch and image size for good, and exports it for each batch.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    const auto function = [](const Values& in) { return Values{detections(feature_maps(in))}; };
    const hybugs::TracedFunction graph("detect", function, inputs);
    return graph(inputs)[0].toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
