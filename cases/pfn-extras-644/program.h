// Q-learning from small images with one network: the target of an update is computed by the network that learns.
#pragma once

#include <cmath>
#include <string>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kSide = 7, kFilters = 6, kHidden = 12, kActions = 3;
constexpr int kData = 6;  // parameters come first in the inputs of an update, then the data
constexpr double kDiscount = 0.9;

/// Weight and bias of the convolution, of the hidden layer and of the last layer.
inline std::vector<Tensor> make_parameters() {
  const int64_t cells = kFilters * (kSide - 2) * (kSide - 2);
  const std::vector<std::vector<int64_t>> shapes = {{kFilters, 1, 3, 3}, {kFilters},          {cells, kHidden},
                                                    {kHidden},           {kHidden, kActions}, {kActions}};
  std::vector<Tensor> parameters;
  for (const auto& shape : shapes) {
    const double fan_in = shape.size() == 4 ? 9 : static_cast<double>(shape[0]);
    parameters.push_back((torch::randn(shape, torch::kFloat64) / std::sqrt(fan_in)).requires_grad_());
  }
  return parameters;
}

/// images [B, 1, side, side] -> values of the actions [B, actions], by the parameters at the beginning of `in`.
inline Tensor q_values(const Values& in, const Tensor& images) {
  const auto at = [&](int i) { return in[i].toTensor(); };
  const Tensor features = torch::tanh(torch::conv2d(images, at(0), at(1))).flatten(1);
  return torch::addmm(at(5), torch::tanh(torch::addmm(at(3), features, at(2))), at(4));
}

/// Inputs: parameters, images, actions [B], rewards [B], next images, whether the episode goes on [B].
/// The value that the actions should have had, [B].
inline Tensor q_target(const Values& in) {
  const Tensor next = std::get<0>(q_values(in, in[kData + 3].toTensor()).max(1));
  return in[kData + 2].toTensor() + kDiscount * in[kData + 4].toTensor() * next;
}

/// Mean squared difference of the actions' values from `target`.
inline Tensor q_loss(const Values& in, const Tensor& target) {
  const Tensor actions = in[kData + 1].toTensor().unsqueeze(1);
  const Tensor taken = q_values(in, in[kData].toTensor()).gather(1, actions).squeeze(1);
  return (taken - target).square().mean();
}

/// Calls: ("learn", the five tensors of q_target(), rate) takes a step of gradient descent and gives the loss before
/// it. ("act", images) gives the values of all actions [B, actions] and the best actions [B].
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values inputs(parameters_.begin(), parameters_.end());
    if (in[0].toStringRef() == "act") {
      const torch::NoGradGuard no_grad;
      const Tensor values = q_values(inputs, in[1].toTensor());
      return {values, values.argmax(1)};
    }
    inputs.insert(inputs.end(), in.begin() + 1, in.begin() + 6);
    const Tensor value = loss(inputs);
    const auto gradients = torch::autograd::grad({value}, parameters_);
    const torch::NoGradGuard no_grad;
    for (size_t i = 0; i < parameters_.size(); ++i) parameters_[i].sub_(in[6].toDouble() * gradients[i]);
    return {value.detach()};
  }

 protected:
  /// q_loss() to the network's own target, which isn't trained.
  virtual Tensor loss(const Values& inputs) {
    Tensor target;
    {
      const torch::NoGradGuard no_grad;
      target = q_target(inputs);
    }
    return q_loss(inputs, target);
  }

 private:
  std::vector<Tensor> parameters_ = make_parameters();
};

/// Updates of batches of several sizes and rates, with looks at the values in between. In the second batch all episodes
/// end, so that its targets are the rewards.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto images = [](int64_t n) { return torch::randn({n, 1, kSide, kSide}, torch::kFloat64); };
  const auto learn = [&](int64_t n, double going_on, double rate) {
    const Tensor actions = torch::randint(kActions, {n}, torch::kInt64), rewards = torch::randn({n}, torch::kFloat64);
    const Tensor goes_on = torch::bernoulli(torch::full({n}, going_on, torch::kFloat64));
    return Values{"learn", images(n), actions, rewards, images(n), goes_on, rate};
  };
  const Values act = {"act", images(5)};
  return {act, learn(8, 1, 0.05),   act, learn(8, 0, 0.05), act, learn(8, 1, 0.05),
          act, learn(3, 0.8, 0.02), act, learn(1, 1, 0.05), act};
}

}  // namespace
