// Learning the values of states from trajectories, with a small network: by temporal differences, whose target is the
// next state's value as it is now, or from the returns that were seen. A little weight decay is part of the training.
#pragma once

#include <string>

#include "harness/sdk/adam.h"
#include "harness/sdk/dense.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kState = 4;
constexpr double kDiscount = 0.95, kDecay = 1e-3;

/// Calls: ("temporal", states [T + 1, 4], rewards [T]) and ("returns", states [T + 1, 4], returns [T]) take a step of
/// Adam; they give the loss and the states' values after the step. ("validate", states, rewards) gives the loss of
/// temporal differences, ("values", states) the values.
class Eager : public hybugs::Program {
 public:
  Eager() {
    for (const Tensor& parameter : net_) parameter.requires_grad_();
  }

  Values call(const Values& in) override {
    const std::string& action = in[0].toStringRef();
    const Tensor states = in[1].toTensor();
    if (action == "values") return {values(states)};
    if (action == "validate") {
      const torch::NoGradGuard no_grad;
      return {temporal_loss(states, in[2].toTensor())};
    }
    const auto loss = action == "temporal" ? temporal_loss(states, in[2].toTensor())
                                           : (value(states).slice(0, 0, -1) - in[2].toTensor()).square().mean();
    Tensor total = loss;
    for (const Tensor& parameter : net_) total = total + kDecay * parameter.square().sum();
    optimizer_.step(net_, torch::autograd::grad({total}, net_));
    return {loss.detach(), values(states)};
  }

 protected:
  virtual Tensor temporal_loss(const Tensor& states, const Tensor& rewards) {
    Tensor target;
    {
      const torch::NoGradGuard no_grad;
      target = rewards + kDiscount * value(states).slice(0, 1);
    }
    return (value(states).slice(0, 0, -1) - target).square().mean();
  }

  /// states [T, 4] -> values [T].
  Tensor value(const Tensor& states) const { return hybugs::dense_layers(states, net_, torch::tanh).squeeze(1); }

  std::vector<Tensor> net_ = hybugs::make_dense_layers({kState, 16, 1}, torch::kFloat64);

 private:
  Tensor values(const Tensor& states) const {
    const torch::NoGradGuard no_grad;
    return value(states);
  }

  hybugs::Adam optimizer_{{0.02}};
};

/// The network in script, shared by the hybrid programs.
const char* const kValue = R"(
def value(states, w1, b1, w2, b2):
    return torch.addmm(b2, torch.tanh(torch.addmm(b1, states, w1)), w2).squeeze(1)
)";

/// Validation and a step from returns, then temporal differences on trajectories of several lengths, and all in turn.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto step = [](const char* action, int64_t length) {
    return Values{action, torch::randn({length + 1, kState}, torch::kFloat64), torch::randn({length}, torch::kFloat64)};
  };
  const Tensor probe = torch::randn({3, kState}, torch::kFloat64);
  return {step("validate", 8), step("returns", 8),  {"values", probe},   step("temporal", 8), step("temporal", 8),
          {"values", probe},   step("temporal", 5), step("validate", 6), step("returns", 4),  step("temporal", 1),
          {"values", probe},   step("temporal", 8), step("temporal", 12)};
}

}  // namespace
