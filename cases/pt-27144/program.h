// Fits a potential to reference energies: the energy of a cluster of atoms is a sum over its pairs, each of which has a
// fixed repulsion and goes through a small network that knows its distance only.
#pragma once

#include <cmath>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kCentres = 6, kHidden = 8;

/// Energy of an atom by itself [1], then weight [in, out] and bias of the pairs' layer and of the head.
inline Tensors make_weights() {
  const auto options = torch::kFloat64;
  Tensors weights = {torch::zeros({1}, options), torch::randn({kCentres, kHidden}, options),
                     0.1 * torch::randn({kHidden}, options), 0.3 * torch::randn({kHidden, 1}, options),
                     torch::zeros({1}, options)};
  for (const Tensor& weight : weights) weight.set_requires_grad(true);
  return weights;
}

/// The fit. Calls: ("train", positions [B, atoms, 3], energies [B], n) makes n steps of gradient descent and gives the
/// loss before each, [n]. ("energy", positions) gives energies. ("freeze", yes or no) says whether the pairs' layer
/// stays as it is from now on.
class Fit : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& phase = in[0].toStringRef();
    if (phase == "energy") return {energy(in[1].toTensor()).detach()};
    if (phase == "freeze") {
      const Tensors weights = this->weights();
      for (const int k : {1, 2}) weights[k].set_requires_grad(!in[1].toBool());
      return {};
    }
    Tensors losses;
    for (int64_t i = 0; i < in[3].toInt(); ++i) losses.push_back(step(in[1].toTensor(), in[2].toTensor()));
    return {torch::stack(losses)};
  }

 protected:
  virtual Tensor energy(const Tensor& positions) = 0;
  /// In the order of make_weights().
  virtual Tensors weights() = 0;
  /// One step on a batch; returns the loss before it.
  virtual Tensor step(const Tensor& positions, const Tensor& energies) = 0;

  static void descend(const Tensors& weights) {
    const torch::NoGradGuard no_grad;
    for (const Tensor& weight : weights) {
      if (weight.grad().defined()) weight.sub_(weight.grad(), 0.01);
    }
  }
};

class Eager : public Fit {
 protected:
  Tensor energy(const Tensor& positions) override {
    const Tensor pairs = torch::triu_indices(positions.size(1), positions.size(1), 1);
    const Tensor between = positions.index_select(1, pairs[0]) - positions.index_select(1, pairs[1]);
    const Tensor centres = torch::linspace(0.5, 3, kCentres, torch::kFloat64);
    const Tensor d = between.norm(2, -1).unsqueeze(-1), near = (0.5 * torch::cos(d * (M_PI / 3)) + 0.5) * (d < 3);
    const Tensor x = torch::exp(-4 * (d - centres).square()) * near;
    const Tensor hidden = torch::tanh(torch::matmul(x, w_[1]) + w_[2]);
    const Tensor pair = torch::matmul(hidden, w_[3]) + w_[4] + torch::exp(-5 * d) * near;
    return pair.sum({1, 2}) + w_[0] * positions.size(1);
  }

  Tensors weights() override { return w_; }

  Tensor step(const Tensor& positions, const Tensor& energies) override {
    zero_grad();
    const Tensor loss = torch::mse_loss(energy(positions), energies);
    loss.backward();
    descend(w_);
    return loss.detach();
  }

 private:
  void zero_grad() {
    for (const Tensor& weight : w_) {
      if (weight.grad().defined()) weight.grad().zero_();
    }
  }

  Tensors w_ = make_weights();
};

/// The potential as a script module that was saved and is loaded from its file.
inline torch::jit::Module load_potential() {
  const Tensors weights = make_weights();
  torch::jit::Module pair("Pair"), head("Head"), potential("Potential");
  pair.register_parameter("weight", weights[1], false);
  pair.register_parameter("bias", weights[2], false);
  pair.define("def forward(self, x):\n    return torch.tanh(torch.matmul(x, self.weight) + self.bias)\n");
  head.register_parameter("weight", weights[3], false);
  head.register_parameter("bias", weights[4], false);
  head.define("def forward(self, x):\n    return torch.matmul(x, self.weight) + self.bias\n");
  potential.register_parameter("atom", weights[0], false);
  potential.register_buffer("centres", torch::linspace(0.5, 3, kCentres, torch::kFloat64));
  potential.register_module("pair", pair);
  potential.register_module("head", head);
  potential.define(R"(
def forward(self, positions):
    pairs = torch.triu_indices(positions.size(1), positions.size(1), 1)
    between = positions.index_select(1, pairs[0]) - positions.index_select(1, pairs[1])
    d = torch.norm(between, 2, [-1]).unsqueeze(-1)
    near = (0.5 * torch.cos(d * (3.141592653589793 / 3)) + 0.5) * (d < 3)
    x = torch.exp(-4 * (d - self.centres).square()) * near
    pair = self.head.forward(self.pair.forward(x)) + torch.exp(-5 * d) * near
    return pair.sum([1, 2]) + self.atom * positions.size(1)
)");
  std::stringstream file;
  potential.save(file);
  return torch::jit::load(file);
}

inline Tensors parameters_of(const torch::jit::Module& module) {
  Tensors all;
  for (const Tensor& parameter : module.parameters()) all.push_back(parameter);
  return all;
}

/// Clusters of a Morse potential. Some training with and some without the pairs' layer; other numbers of atoms.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto positions = [](int64_t n, int64_t atoms) { return 1.5 * torch::rand({n, atoms, 3}, torch::kFloat64); };
  const auto train = [&](int64_t n, int64_t atoms, int64_t steps) {
    const Tensor x = positions(n, atoms);
    const Tensor distances = (x.unsqueeze(2) - x.unsqueeze(1)).square().sum(-1).sqrt();
    const Tensor morse = (1 - torch::exp(1 - distances)).square() - 1;
    return Values{"train", x, morse.triu(1).sum({1, 2}), steps};
  };
  return {train(6, 4, 1),    {"energy", positions(3, 4)},
          train(6, 4, 4),    {"energy", positions(2, 5)},
          {"freeze", true},  train(6, 4, 3),
          train(4, 3, 2),    {"energy", positions(3, 4)},
          {"freeze", false}, train(1, 5, 3),
          train(6, 4, 2),    {"energy", positions(1, 2)}};
}

}  // namespace
