// A worker of a hyper-parameter sweep: each call is one trial, which trains a small classifier by gradient descent with
// momentum under a cosine learning rate with warm restarts. A failed trial is reported and the worker takes the next.
#pragma once

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "harness/sdk/program.h"

namespace {

using torch::Tensor;

constexpr int64_t kFeatures = 6;
constexpr int64_t kHidden = 8;
constexpr int64_t kClasses = 3;
constexpr double kMomentum = 0.9;

/// Python's a % b and a // b on integers.
inline int64_t python_mod(int64_t a, int64_t b) {
  if (b == 0) throw std::domain_error("integer division or modulo by zero");
  const int64_t remainder = a % b;
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

inline int64_t python_floordiv(int64_t a, int64_t b) {
  return (a - python_mod(a, b)) / b;
}

/// The network's forward and backward pass in script, shared by the hybrid programs: mean cross entropy of
/// softmax(tanh(x w1 + b1) w2 + b2) and its gradients.
constexpr const char* kNetwork = R"(
def loss_and_gradients(x, y, w: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    hidden = torch.tanh(torch.addmm(w[1], x, w[0]))
    log_probs = torch.log_softmax(torch.addmm(w[3], hidden, w[2]), 1)
    loss = -(log_probs * y).sum() / x.size(0)
    d_logits = (torch.exp(log_probs) - y) / x.size(0)
    d_hidden = torch.mm(d_logits, w[2].t()) * (1.0 - hidden * hidden)
    return loss, [torch.mm(x.t(), d_hidden), d_hidden.sum(0), torch.mm(hidden.t(), d_logits), d_logits.sum(0)]
)";

/// The sweep's bookkeeping. Inputs of a trial: x [n, features], y one-hot [n, classes], initial weights [4], lr0, its
/// decay per restart, first step (negative: the schedule is shifted), number of steps, restart period and logging
/// interval in steps. Outputs: status, then for a finished trial the learning rates, the logged losses and the final
/// weights; at the end the best final loss and the number of failed trials so far.
class SweepWorker : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    hybugs::Values report;
    try {
      const hybugs::Values result = fit(inputs);
      const double loss = result[1].toTensorVector().back().item().toDouble();
      best_loss_ = std::min(best_loss_, loss);
      report = {std::string("completed"), result[0], torch::stack(result[1].toTensorVector()), result[2]};
    } catch (const std::exception&) {
      ++failed_;
      report = {std::string("failed")};
    }
    report.emplace_back(best_loss_);
    report.emplace_back(failed_);
    return report;
  }

 protected:
  /// Trains; returns the learning rates (list of floats), the logged losses and the weights (lists of tensors).
  virtual hybugs::Values fit(const hybugs::Values& trial) = 0;

 private:
  double best_loss_ = std::numeric_limits<double>::infinity();
  int64_t failed_ = 0;
};

class Eager : public SweepWorker {
 protected:
  hybugs::Values fit(const hybugs::Values& trial) override {
    const Tensor x = trial[0].toTensor();
    const Tensor y = trial[1].toTensor();
    std::vector<Tensor> w = trial[2].toTensorVector();
    std::vector<Tensor> velocity = torch::_foreach_mul(w, 0.0);
    const double lr0 = trial[3].toDouble();
    const double decay = trial[4].toDouble();
    const int64_t steps = trial[6].toInt();
    const int64_t period = trial[7].toInt();
    const int64_t log_every = trial[8].toInt();
    std::vector<double> rates;
    std::vector<Tensor> losses;
    for (int64_t i = 0; i < steps; ++i) {
      const int64_t step = trial[5].toInt() + i;
      const int64_t position = python_mod(step, period);
      const int64_t restart = python_floordiv(step, period);
      const double cosine = std::cos(M_PI * static_cast<double>(position) / static_cast<double>(period));
      rates.push_back(lr0 * std::pow(decay, restart) * 0.5 * (1.0 + cosine));

      const Tensor hidden = torch::tanh(torch::addmm(w[1], x, w[0]));
      const Tensor log_probs = torch::log_softmax(torch::addmm(w[3], hidden, w[2]), 1);
      const Tensor loss = -(log_probs * y).sum() / x.size(0);
      const Tensor d_logits = (torch::exp(log_probs) - y) / x.size(0);
      const Tensor d_hidden = torch::mm(d_logits, w[2].t()) * (1.0 - hidden * hidden);
      const std::vector<Tensor> gradients = {torch::mm(x.t(), d_hidden), d_hidden.sum(0),
                                             torch::mm(hidden.t(), d_logits), d_logits.sum(0)};
      velocity = torch::_foreach_add(torch::_foreach_mul(velocity, kMomentum), gradients);
      w = torch::_foreach_add(w, velocity, -rates.back());
      if (python_mod(i, log_every) == 0 || i == steps - 1) losses.push_back(loss);
    }
    return {rates, losses, w};
  }
};

/// Schedules of a sweep: {first step, steps, period, log interval}. The sweep's grid holds 0 for both intervals.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const int64_t schedules[][4] = {{0, 12, 4, 3}, {0, 10, 5, 1},  {-7, 9, 3, 2}, {0, 8, 0, 2}, {0, 12, 12, 5},
                                  {-5, 8, 4, 0}, {-7, 12, 3, 4}, {3, 6, 0, 0},  {20, 6, 7, 2}};
  hybugs::Scenario calls;
  for (const auto& s : schedules) {
    const auto options = torch::kFloat64;
    const Tensor x = torch::randn({16, kFeatures}, options);
    const Tensor y = torch::one_hot(torch::randint(kClasses, {16}), kClasses).to(options);
    const std::vector<Tensor> weights = {
        0.3 * torch::randn({kFeatures, kHidden}, options), torch::zeros({kHidden}, options),
        0.3 * torch::randn({kHidden, kClasses}, options), torch::zeros({kClasses}, options)};
    calls.push_back({x, y, weights, 0.1, 0.8, s[0], s[1], s[2], s[3]});
  }
  return calls;
}

}  // namespace
