// A chain of products, for attacks on the clock: the buggy program records its graph anew in each call.
#pragma once

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

/// x [16, 16] -> the sum of forty steps, in each of which what was squashed is multiplied with x and x is added.
inline Values chain(const Values& in) {
  const Tensor x = in[0].toTensor();
  Tensor y = x;
  Tensor sum = x;
  for (int i = 0; i < 40; ++i) {
    y = torch::tanh(torch::mm(y, x)) * 0.9 + x;
    sum = sum + y;
  }
  return {sum};
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
