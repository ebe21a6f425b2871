// The author believes that the time goes into gradients that nobody needs. Some of it does.
#include "program.h"

namespace {

class Hybrid : public Cleaner {
  Tensor cleaned(const Tensor& clip) override {
    const torch::NoGradGuard no_grad;
    return network_.forward({clip}).toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
