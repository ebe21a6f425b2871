// The Adam optimiser on plain tensors.
#pragma once

#include <cmath>
#include <vector>

#include "harness/sdk/program.h"

namespace hybugs {

struct AdamOptions {
  double rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

/// Adam (Kingma and Ba, 2015, algorithm 1) on the host: one object for one list of parameters.
class Adam {
 public:
  explicit Adam(AdamOptions options = {}) : options_(options) {}

  /// Updates `parameters` in place; `gradients` has the same order and shapes. No history is recorded.
  void step(const std::vector<torch::Tensor>& parameters, const std::vector<torch::Tensor>& gradients) {
    const torch::NoGradGuard no_grad;
    ++steps_;
    mean_.resize(parameters.size());
    square_.resize(parameters.size());
    const double mean_correction = 1 - std::pow(options_.beta1, steps_);
    const double square_correction = 1 - std::pow(options_.beta2, steps_);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (!mean_[i].defined()) mean_[i] = torch::zeros_like(parameters[i]);
      if (!square_[i].defined()) square_[i] = torch::zeros_like(parameters[i]);
      mean_[i].mul_(options_.beta1).add_(gradients[i], 1 - options_.beta1);
      square_[i].mul_(options_.beta2).addcmul_(gradients[i], gradients[i], 1 - options_.beta2);
      const torch::Tensor scale = (square_[i] / square_correction).sqrt_().add_(options_.epsilon);
      parameters[i].addcdiv_(mean_[i], scale, -options_.rate / mean_correction);
    }
  }

  AdamOptions& options() { return options_; }
  int steps() const { return steps_; }

 private:
  AdamOptions options_;
  int steps_ = 0;
  std::vector<torch::Tensor> mean_, square_;  // running means of the gradients and of their squares
};

}  // namespace hybugs
