// Doubling, complete in itself.
#pragma once

#include "harness/sdk/trace.h"

/// Five calls of [n, 3] tensors; call 3 has another n.
inline hybugs::Scenario numbers(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (const int64_t n : {4, 4, 4, 6, 4}) calls.push_back({torch::randn({n, 3})});
  return calls;
}

/// x -> 2 x.
class Eager : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override { return {inputs[0].toTensor() * 2}; }
};

/// 2 x as a traced graph.
class Traced : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (!graph_) {
      const auto function = [](const hybugs::Values& in) { return hybugs::Values{in[0].toTensor() * 2}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("doubling", function, inputs);
    }
    return (*graph_)(inputs);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> graph_;
};
