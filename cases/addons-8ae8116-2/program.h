// The randomised leaky ReLU (Xu et al., 2015): negative inputs are multiplied by a slope, drawn for each element in
// training and the mean of the range otherwise; the activation alone, its derivative, and a network that uses it.
#pragma once

#include <optional>
#include <string>

#include "harness/sdk/dense.h"
#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

/// Arguments of the activation besides its input.
struct Arguments {
  double lower = 0.125, upper = 1.0 / 3;
  std::optional<bool> training;  // none: as the learning phase says
  std::optional<int64_t> seed;   // draws the same slopes again
};

/// x and the negative part of x, which is scaled by slopes from `lower` to `upper` or by their mean.
inline Tensor leaky(const Tensor& x, double lower, double upper, bool random_slopes) {
  if (!random_slopes) return torch::where(x >= 0, x, x * ((lower + upper) / 2));
  return torch::where(x >= 0, x, x * (lower + (upper - lower) * torch::rand_like(x)));
}

/// Calls: ("activate", x, lower, upper, training or None, seed or None) gives the activation and its derivative for
/// each element, ("check", same inputs) the derivative and an approximation by finite differences. ("fit", x [N, 6],
/// targets [N, 1]) takes a training step and gives the loss, ("predict", x) the predictions of the network.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& what = in[0].toStringRef();
    const Tensor x = in[1].toTensor();
    if (what == "fit") return {fit(x, in[2].toTensor())};
    if (what == "predict") return {network(x).detach()};
    Arguments arguments{in[2].toDouble(), in[3].toDouble(), {}, {}};
    if (!in[4].isNone()) arguments.training = in[4].toBool();
    if (!in[5].isNone()) arguments.seed = in[5].toInt();
    const Tensor leaf = x.detach().clone().requires_grad_();
    const Tensor y = rrelu(leaf, arguments);
    const Tensor derivative = torch::autograd::grad({y.sum()}, {leaf})[0];
    if (what == "activate") return {y.detach(), derivative};
    return {derivative, (rrelu(x + kStep, arguments) - rrelu(x - kStep, arguments)) / (2 * kStep)};
  }

 protected:
  virtual Tensor rrelu(const Tensor& x, const Arguments& arguments) {
    if (arguments.seed) torch::manual_seed(*arguments.seed);
    return leaky(x, arguments.lower, arguments.upper, arguments.training.value_or(learning_phase_));
  }

  bool learning_phase_ = false;

 private:
  static constexpr double kStep = 1e-4;

  Tensor network(const Tensor& x) {
    return hybugs::dense_layers(x, weights_, [this](const Tensor& hidden) { return rrelu(hidden, {}); });
  }

  /// A step of gradient descent on the mean squared error.
  Tensor fit(const Tensor& x, const Tensor& targets) {
    for (const Tensor& weight : weights_) weight.requires_grad_();
    learning_phase_ = true;
    const Tensor loss = (network(x) - targets).square().mean();
    learning_phase_ = false;
    const auto gradients = torch::autograd::grad({loss}, weights_);
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i].sub_(0.05 * gradients[i]);
    return loss.detach();
  }

  std::vector<Tensor> weights_ = hybugs::make_dense_layers({6, 8, 8, 1}, torch::kFloat64);
};

/// The project's test: values and derivatives in both modes, several times with a seed. Then other seeds, shapes and
/// types, draws without a seed, and a network that is trained and used in turn.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto s = static_cast<int64_t>(seed);
  const torch::IValue none;
  const Tensor five = torch::tensor({-2., -1., 0., 1., 2.}, torch::kFloat64);
  const Tensor six = torch::tensor({-2., -1., -0.1, 0.1, 1., 2.}, torch::kFloat64);
  const auto data = [](int64_t n) { return torch::randn({n, 6}, torch::kFloat64); };
  const auto fit = [&](int64_t n) { return Values{"fit", data(n), torch::randn({n, 1}, torch::kFloat64)}; };
  const Tensor image = torch::randn({2, 3, 4, 5}), row = -torch::ones({1, 7}, torch::kFloat64);
  return {{"activate", five, 0.1, 0.2, false, s + 111111},
          {"activate", five, 0.1, 0.2, true, s + 111111},
          {"activate", five, 0.1, 0.2, true, s + 111111},
          {"check", six, 0.1, 0.2, true, s + 111111},
          {"check", six, 0.1, 0.2, false, s + 111111},
          {"activate", image, 0.125, 0.25, true, s + 7},
          {"activate", image, 0.125, 0.25, true, s + 8},
          {"activate", row, 0.125, 0.25, true, s + 7},
          {"activate", row, 0.125, 0.25, true, none},
          {"activate", row, 0.125, 0.25, true, none},
          fit(8),
          {"predict", data(8)},
          {"predict", data(3)},
          fit(8),
          fit(5),
          {"predict", data(1)}};
}

}  // namespace
