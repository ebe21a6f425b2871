// A small regression network behind learnt scales of its inputs, trained by gradient descent.
#pragma once

#include <string>

#include "harness/sdk/dense.h"
#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kFeatures = 3;
constexpr int64_t kHidden = 12;
constexpr double kRate = 0.1;

/// Scales [kFeatures], then weights and biases of two layers, all of them leaves of autograd.
inline std::vector<Tensor> as_parameters(const std::vector<Tensor>& values) {
  std::vector<Tensor> parameters;
  for (const Tensor& value : values) parameters.push_back(value.detach().clone().requires_grad_());
  return parameters;
}

inline std::vector<Tensor> initial_values() {
  std::vector<Tensor> values = hybugs::make_dense_layers({kFeatures, kHidden, 1}, torch::kFloat64);
  values.insert(values.begin(), 1 + 0.2 * torch::randn({kFeatures}, torch::kFloat64));
  return values;
}

/// x [N, kFeatures] -> [N].
inline Tensor predict(const Tensor& x, const std::vector<Tensor>& parameters) {
  const std::vector<Tensor> layers(parameters.begin() + 1, parameters.end());
  return hybugs::dense_layers(x * parameters[0], layers, [](const Tensor& h) { return torch::tanh(h); }).squeeze(1);
}

/// Mean squared error of the predictions for x [N, kFeatures] against y [N].
inline Tensor squared_error(const Tensor& x, const Tensor& y, const std::vector<Tensor>& parameters) {
  return (predict(x, parameters) - y).square().mean();
}

/// Calls: {"predict", x} returns predictions [N]. {"fit", x, y, steps} makes some steps of gradient descent and returns
/// the loss before each, [steps]. {"load", values} starts again from other parameters and returns their number.
class Trainer : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const std::string& phase = inputs[0].toStringRef();
    if (phase == "predict") return {predict(inputs[1].toTensor(), parameters_).detach()};
    if (phase == "load") {
      parameters_ = as_parameters(inputs[1].toTensorVector());
      return {static_cast<int64_t>(parameters_.size())};
    }
    std::vector<Tensor> losses;
    for (int64_t step = 0; step < inputs[3].toInt(); ++step) {
      const Tensor loss = loss_of(inputs[1].toTensor(), inputs[2].toTensor());
      const auto gradients = torch::autograd::grad({loss}, parameters_);
      const torch::NoGradGuard no_grad;
      for (std::size_t i = 0; i < parameters_.size(); ++i) parameters_[i].sub_(kRate * gradients[i]);
      losses.push_back(loss.detach());
    }
    return {torch::stack(losses)};
  }

 protected:
  /// squared_error() of a batch with the current parameters.
  virtual Tensor loss_of(const Tensor& x, const Tensor& y) = 0;

  std::vector<Tensor> parameters_ = as_parameters(initial_values());
};

class Eager : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override { return squared_error(x, y, parameters_); }
};

/// Predictions before training, 20 steps on one batch, more on a smaller one, then other parameters and again.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto x = [](int64_t n) { return torch::randn({n, kFeatures}, torch::kFloat64); };
  const auto y = [](const Tensor& in) { return torch::sin(in.sum(1)) + 0.5 * in.select(1, 0); };
  const Tensor first = x(16), second = x(7), third = x(16);
  return {{"predict", first},  {"predict", second},           {"fit", first, y(first), 20},
          {"predict", second}, {"fit", second, y(second), 3}, {"load", initial_values()},
          {"predict", first},  {"fit", third, y(third), 8},   {"fit", x(1), torch::ones({1}, torch::kFloat64), 2},
          {"predict", third}};
}

}  // namespace
