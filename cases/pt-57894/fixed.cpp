#include "program.h"

namespace {

class Hybrid : public Cleaner {
  Tensor cleaned(const Tensor& clip) override {
    const torch::jit::GraphOptimizerEnabledGuard as_written(false);
    return network_.forward({clip}).toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
