// Building blocks of the miniature corpus: tiny programs that pass, throw, crash, hang, leak, lie.
#pragma once

#include "harness/sdk/trace.h"

namespace hybugs::testing {

/// Five calls of [n, 3] tensors; call 3 has another n.
inline Scenario numbers(std::uint64_t seed) {
  torch::manual_seed(seed);
  Scenario calls;
  for (const int64_t n : {4, 4, 4, 6, 4}) calls.push_back({torch::randn({n, 3})});
  return calls;
}

/// Eager: x -> 2 x.
class Doubling : public Program {
 public:
  Values call(const Values& inputs) override { return {inputs[0].toTensor() * 2}; }
};

/// 2 x as a traced graph.
class TracedDoubling : public Program {
 public:
  Values call(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{in[0].toTensor() * 2}; };
      graph_ = std::make_unique<TracedFunction>("doubling", function, inputs);
    }
    return (*graph_)(inputs);
  }

 private:
  std::unique_ptr<TracedFunction> graph_;
};

}  // namespace hybugs::testing
