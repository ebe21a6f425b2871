// The author gives the network three clips to warm up with before the job's own: the job waits for these instead.
#include "program.h"

namespace {

class Hybrid : public Cleaner {
  Tensor cleaned(const Tensor& clip) override {
    const Tensor kernel = network_.attr("kernel0").toTensor();
    if (!warm_for_.is_same(kernel)) {
      warm_for_ = kernel;
      for (int i = 0; i < 3; ++i) network_.forward({clip});
    }
    return network_.forward({clip}).toTensor();
  }

  Tensor warm_for_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
