// Actors of a reinforcement-learning library. A policy network ends in a tensor or in a distribution; an actor asks it
// for one action at a time: for a single observation, with a batch dimension added and removed again.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "harness/sdk/dense.h"
#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::IValue;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kObservation = 6, kHidden = 24, kUnits = 12, kActions = 3;

struct Distribution : torch::CustomClassHolder {
  virtual Tensor sample() const = 0;
};

/// Independent normal distributions [B, actions].
struct Normal : Distribution {
  Normal(Tensor mean, Tensor deviation) : loc(std::move(mean)), scale(std::move(deviation)) {}
  Tensor sample() const override { return loc + scale * torch::randn_like(loc); }
  Tensor loc, scale;
};

/// One of the actions, from logits [B, actions].
struct Categorical : Distribution {
  explicit Categorical(Tensor values) : logits(std::move(values)) {}
  Tensor sample() const override { return torch::multinomial(torch::softmax(logits, 1), 1).squeeze(1); }
  Tensor logits;
};

/// A sample where a network's output is a distribution, otherwise the output.
inline Tensor maybe_sample(const IValue& output) {
  if (output.isTensor()) return output.toTensor();
  const auto distribution = c10::dynamic_intrusive_pointer_cast<Distribution>(output.toCapsule());
  return distribution->sample();
}

/// The parameters of a policy: an MLP with layer normalisation, an LSTM where it is recurrent, a head.
inline Tensors make_policy(bool recurrent, int64_t outputs) {
  const auto dense_layer = [](int64_t in, int64_t out) {
    return hybugs::make_dense_layers({in, out}, torch::kFloat64);
  };
  Tensors w = dense_layer(kObservation, kHidden);
  w.insert(w.end(), {torch::ones({kHidden}, torch::kFloat64), torch::zeros({kHidden}, torch::kFloat64)});
  for (const auto& p : dense_layer(kHidden, kHidden)) w.push_back(p);
  if (recurrent) {
    for (const int64_t in : {kHidden, kUnits})
      w.push_back((torch::rand({4 * kUnits, in}, torch::kFloat64) - 0.5) * 0.8);
    for (int k = 0; k < 2; ++k) w.push_back(torch::zeros({4 * kUnits}, torch::kFloat64));
  }
  for (const auto& p : dense_layer(recurrent ? kUnits : kHidden, outputs)) w.push_back(p);
  return w;
}

/// A policy network. Inputs: observations [B, 6], state h and c [B, units], parameters. Outputs: an action [B, 3] or
/// the distribution of actions, the new h and c. The kind of the head is "deterministic", "categorical" or "normal".
inline Values policy_network(const Values& in, const std::string& head) {
  Tensors w;
  for (std::size_t i = 3; i < in.size(); ++i) w.push_back(in[i].toTensor());
  Tensor h = in[1].toTensor(), c = in[2].toTensor();
  Tensor x = torch::layer_norm(hybugs::dense(in[0].toTensor(), w[0], w[1]), {kHidden}, w[2], w[3]);
  x = torch::elu(hybugs::dense(torch::tanh(x), w[4], w[5]));
  if (w.size() == 12) {
    std::tie(h, c) = torch::lstm_cell(x, {h, c}, w[6], w[7], w[8], w[9]);
    x = h;
  }
  const Tensor out = hybugs::dense(x, w[w.size() - 2], w[w.size() - 1]);
  if (head == "deterministic") return {torch::tanh(out), h, c};
  if (head == "categorical") return {IValue::make_capsule(c10::make_intrusive<Categorical>(out)), h, c};
  const auto parts = out.chunk(2, 1);
  const Tensor scale = torch::softplus(parts[1]) * (0.3 / std::log(2.0)) + 1e-6;
  return {IValue::make_capsule(c10::make_intrusive<Normal>(parts[0], scale)), h, c};
}

/// Calls begin with the name of an actor. (name, "observe_first") begins an episode; (name, "select_action",
/// observations [N, 6]) asks for an action for each in turn, [N, ...], and gives the LSTM's last state as well;
/// (name, "update") copies new weights from the learner.
class Actors : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string name = in[0].toStringRef(), phase = in[1].toStringRef();
    Actor& actor = actors_.at(name);
    if (phase == "update") {
      for (auto& w : actor.weights) w.add_(0.3 * torch::randn_like(w));
      return {};
    }
    if (phase == "observe_first") actor.h = actor.c = torch::zeros({1, kUnits}, torch::kFloat64);
    if (phase == "observe_first") return {};
    Tensors actions;
    for (const auto& observation : in[2].toTensor().unbind()) {
      Values inputs = {observation.unsqueeze(0), actor.h, actor.c};
      inputs.insert(inputs.end(), actor.weights.begin(), actor.weights.end());
      const Values out = policy(name, inputs);
      actions.push_back(out[0].toTensor().squeeze(0));
      actor.h = out[1].toTensor();
      actor.c = out[2].toTensor();
    }
    return {torch::stack(actions), actor.h, actor.c};
  }

 protected:
  /// The action [1, ...] of the named actor and its new state; inputs as policy_network() has them.
  virtual Values policy(const std::string& name, const Values& in) = 0;

  /// The head of an actor's network.
  const std::string& head(const std::string& name) const { return actors_.at(name).head; }

 private:
  struct Actor {
    std::string head;
    Tensors weights;
    Tensor h = torch::zeros({1, kUnits}, torch::kFloat64), c = h;
  };
  std::map<std::string, Actor> actors_ = {{"ddpg", {"deterministic", make_policy(false, kActions)}},
                                          {"impala", {"categorical", make_policy(false, kActions)}},
                                          {"recurrent", {"normal", make_policy(true, 2 * kActions)}}};
};

class Eager : public Actors {
  Values policy(const std::string& name, const Values& in) override {
    const Values out = policy_network(in, head(name));
    return {maybe_sample(out[0]), out[1], out[2]};
  }
};

/// Each actor acts, gets new weights and acts again; for one observation many actions are drawn.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto act = [](const char* name, int64_t n) {
    return Values{name, "select_action", torch::randn({n, kObservation}, torch::kFloat64)};
  };
  const Values repeated = {"impala", "select_action",
                           torch::randn({1, kObservation}, torch::kFloat64).expand({40, -1}).contiguous()};
  const Values ddpg = act("ddpg", 3), recurrent = act("recurrent", 5);
  return {ddpg,
          {"ddpg", "update"},
          ddpg,
          act("impala", 4),
          repeated,
          {"impala", "update"},
          repeated,
          {"recurrent", "observe_first"},
          recurrent,
          act("recurrent", 30),
          {"recurrent", "update"},
          {"recurrent", "observe_first"},
          recurrent,
          ddpg};
}

}  // namespace
