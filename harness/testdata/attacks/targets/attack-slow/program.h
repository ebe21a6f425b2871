// A chain of products, for attacks on the clock: the buggy program records its graph anew in each call.
#pragma once

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

/// x [16, 16] -> x squashed and multiplied with itself, forty times.
inline Values chain(const Values& in) {
  Tensor y = in[0].toTensor();
  for (int i = 0; i < 40; ++i) y = torch::tanh(torch::mm(y, y)) * 0.9 + 0.01;
  return {y};
}

class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override { return chain(in); }
};

inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (int i = 0; i < 5; ++i) calls.push_back({torch::randn({16, 16}) / 8});
  return calls;
}

}  // namespace
