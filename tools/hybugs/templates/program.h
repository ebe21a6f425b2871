// TODO: one line: what the program computes, in the words of its field.
#pragma once

#include <functional>
#include <memory>

#include "harness/sdk/trace.h"

namespace {

using torch::Tensor;

// TODO: replace the example, a layer whose bias is the last row of its weight, by the computation of the original:
// its layers, loop, loss and shapes, scaled down. What buggy.cpp and fixed.cpp share belongs here.

/// x [N, K] -> x with a column of ones [N, K + 1].
using AppendOnes = std::function<Tensor(const Tensor&)>;

/// Inputs: x [N, 4], weight [5, 3]. Output: [N, 3].
inline hybugs::Values layer(const hybugs::Values& in, const AppendOnes& append_ones) {
  return {torch::tanh(torch::matmul(append_ones(in[0].toTensor()), in[1].toTensor()))};
}

// The reference: what the author had before hybridizing.
class Eager : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override { return layer(inputs, append_ones); }

 private:
  static Tensor append_ones(const Tensor& x) { return torch::cat({x, torch::ones({x.size(0), 1}, x.options())}, 1); }
};

/// Batches of 8, of 5, of 13 and of 8 again.
// TODO: 4 to 20 calls, a function of the seed alone. The first ones warm up; the later ones vary shapes, values, modes
// and state; one of them triggers the bug, and none rewards a repair for this scenario only.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (const int64_t rows : {8, 8, 5, 13, 8}) {
    calls.push_back({torch::randn({rows, 4}), torch::randn({5, 3})});
  }
  return calls;
}

}  // namespace
