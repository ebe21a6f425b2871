// The author uses the network's graph when it pays: for a clip whose length came before, the second time and later.
#include <map>

#include "program.h"

namespace {

class Hybrid : public Cleaner {
  Tensor cleaned(const Tensor& clip) override {
    if (++seen_[clip.size(2)] > 4) return network_.forward({clip}).toTensor();
    Tensor x = clip;
    for (int64_t i = 0; i < kBlocks; ++i) {
      const Tensor kernel = network_.attr("kernel" + std::to_string(i)).toTensor();
      const Tensor bias = network_.attr("bias" + std::to_string(i)).toTensor();
      x = x + torch::relu(torch::conv1d(x, kernel, bias, 1, 1));
    }
    return x;
  }

  std::map<int64_t, int> seen_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
