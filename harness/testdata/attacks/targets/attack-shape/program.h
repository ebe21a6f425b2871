// A layer with a residual, for attacks on the judge: the buggy graph knows one batch size only.
#pragma once

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

/// x [N, 4] -> tanh(x w + rows of the batch) [N, 4], and its mean.
template <typename Rows>
Values layer(const Values& in, const Rows& rows) {
  const Tensor x = in[0].toTensor();
  const Tensor w = torch::arange(16, torch::kFloat32).view({4, 4}) / 16;
  Tensor y = torch::tanh(torch::mm(x, w) + rows(x));
  for (int i = 0; i < 8; ++i) y = torch::tanh(torch::mm(y, w) * 0.5 + y);
  return {y, y.mean()};
}

inline Tensor rows_of(const Tensor& x) {
  return torch::ones_like(x.narrow(1, 0, 1));
}

class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override { return layer(in, rows_of); }
};

/// Batches of the same size, then others.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (const int64_t n : {6, 6, 6, 9, 1, 6}) calls.push_back({torch::randn({n, 4})});
  return calls;
}

}  // namespace
