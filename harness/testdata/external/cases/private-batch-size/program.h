// The mean of a batch, and how far each row is from it.
#pragma once

#include "harness/sdk/trace.h"

/// Five calls of [n, 3] tensors; call 3 has another n.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (const int64_t n : {4, 4, 4, 6, 4}) calls.push_back({torch::randn({n, 3})});
  return calls;
}

class Eager : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const torch::Tensor x = inputs[0].toTensor();
    return {x - x.mean(0)};
  }
};

/// `centre` as a graph that is traced in the first call.
class Traced : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (!graph_) {
      const auto function = [this](const hybugs::Values& in) { return hybugs::Values{centre(in[0].toTensor())}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("centre", function, inputs);
    }
    return (*graph_)(inputs);
  }

 private:
  virtual torch::Tensor centre(const torch::Tensor& x) const = 0;

  std::unique_ptr<hybugs::TracedFunction> graph_;
};
