// Deep Q-learning: a network that values the actions in a state, and an older one of the same kind, the target, that
// says what the next state is worth. The target is brought up to date only now and then.
#pragma once

#include <string>

#include "harness/sdk/adam.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kState = 4, kHidden = 16, kActions = 3;
constexpr double kDiscount = 0.97;

/// Weights [in, out] and biases of body and head.
inline Tensors make_weights() {
  const auto options = torch::kFloat64;
  return {0.5 * torch::randn({kState, kHidden}, options), 0.1 * torch::randn({kHidden}, options),
          0.5 * torch::randn({kHidden, kActions}, options), 0.1 * torch::randn({kActions}, options)};
}

/// An agent. Calls: ("act", states [B, kState]) gives the best actions. ("learn", states, actions [B], rewards [B],
/// next states, done [B]) makes one step and gives the loss before it and the values of the actions taken. ("judge",
/// states) gives what the target thinks the states are worth. ("sync") brings the target up to date.
class Agent : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& phase = in[0].toStringRef();
    if (phase == "act") return {values(in[1].toTensor()).argmax(1)};
    if (phase == "judge") return {worth(in[1].toTensor())};
    if (phase == "learn") return learn(in);
    const torch::NoGradGuard no_grad;
    const Tensors from = weights(), to = target_weights();
    for (size_t k = 0; k < from.size(); ++k) to[k].copy_(from[k]);
    return {};
  }

 protected:
  /// Values of all actions in `states`, [B, kActions].
  virtual Tensor values(const Tensor& states) = 0;
  /// Value of the target's best action, [B], without history.
  virtual Tensor worth(const Tensor& states) = 0;
  virtual Tensors weights() = 0;
  virtual Tensors target_weights() = 0;

 private:
  Values learn(const Values& in) {
    const Tensor wanted = in[3].toTensor() + kDiscount * (1 - in[5].toTensor()) * worth(in[4].toTensor());
    const Tensor taken = values(in[1].toTensor()).gather(1, in[2].toTensor().unsqueeze(1)).squeeze(1);
    const Tensor loss = torch::smooth_l1_loss(taken, wanted);
    adam_.step(weights(), torch::autograd::grad({loss}, weights()));
    return {loss.detach(), taken.detach()};
  }

  hybugs::Adam adam_{{1e-2}};
};

class Eager : public Agent {
 public:
  Eager() {
    for (const Tensor& weight : w_) target_.push_back(weight.clone());
    for (const Tensor& weight : w_) weight.requires_grad_();
  }

 protected:
  Tensor values(const Tensor& states) override { return forward(w_, states); }
  Tensor worth(const Tensor& states) override { return std::get<0>(forward(target_, states).max(1)); }
  Tensors weights() override { return w_; }
  Tensors target_weights() override { return target_; }

 private:
  static Tensor forward(const Tensors& w, const Tensor& states) {
    return torch::addmm(w[3], torch::tanh(torch::addmm(w[1], states, w[0])), w[2]);
  }

  Tensors w_ = make_weights(), target_;
};

/// The network as a script module: a body, a head, and the values made from both.
inline torch::jit::Module make_network() {
  const Tensors w = make_weights();
  torch::jit::Module body("Body"), head("Head"), network("QNetwork");
  body.register_parameter("weight", w[0], false);
  body.register_parameter("bias", w[1], false);
  body.define("def forward(self, x):\n    return torch.tanh(torch.addmm(self.bias, x, self.weight))\n");
  head.register_parameter("weight", w[2], false);
  head.register_parameter("bias", w[3], false);
  head.define("def forward(self, x):\n    return torch.addmm(self.bias, x, self.weight)\n");
  network.register_module("body", body);
  network.register_module("head", head);
  network.define(R"(
def forward(self, x):
    return self.head.forward(self.body.forward(x))

def worth(self, x):
    return self.forward(x).max(1)[0]
)");
  for (const Tensor& weight : network.parameters()) weight.set_requires_grad(true);
  return network;
}

inline Tensors parameters_of(const torch::jit::Module& network) {
  Tensors all;
  for (const Tensor& parameter : network.parameters()) all.push_back(parameter);
  return all;
}

/// Play and training in turn; between two updates of the target it has to stay what it is. Other batch sizes.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto states = [](int64_t n) { return torch::randn({n, kState}, torch::kFloat64); };
  const auto batch = [&](int64_t n) {
    const Tensor done = torch::bernoulli(torch::full({n}, 0.2, torch::kFloat64));
    return Values{"learn",   states(n), torch::randint(kActions, {n}), torch::randn({n}, torch::kFloat64),
                  states(n), done};
  };
  const Values judge = {"judge", states(6)};
  return {{"act", states(5)}, judge,    batch(16), batch(16), judge,     {"sync"}, judge,
          batch(16),          batch(7), {"sync"},  batch(1),  batch(16), judge,    {"act", states(9)}};
}

}  // namespace
