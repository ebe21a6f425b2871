// Streaming tagger: an LSTM gives each frame of a stream the probabilities of its tags. Several streams are open at the
// same time; the state of each is a buffer of its own that is overwritten frame by frame.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kFeatures = 5, kHidden = 16, kTags = 3;

struct Weights {
  Tensor gates = 0.4 * torch::randn({kFeatures + kHidden, 4 * kHidden});
  Tensor gate_bias = 0.1 * torch::randn({4 * kHidden});
  Tensor tags = 0.5 * torch::randn({kHidden, kTags});
  Tensor tag_bias = torch::zeros({kTags});
};

/// What a frame gives: log-probabilities of the tags [1, tags] and the next state [2, 1, hidden].
using Step = std::pair<Tensor, Tensor>;

/// Calls: ("open", name) opens a stream, or opens it again, and gives the number of streams. ("feed", name, x) takes
/// the next frames [T, features] of an open stream, ("clip", x) those of a whole recording; both give the
/// log-probabilities, [T, tags]. ("state", name) gives hidden and cell state of an open stream.
class Tagger : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& action = in[0].toStringRef();
    if (action == "clip") return {tag(initial_state(), in[1].toTensor(), false)};
    const std::string& name = in[1].toStringRef();
    if (action == "open") {
      streams_[name] = initial_state();
      return {static_cast<int64_t>(streams_.size())};
    }
    if (action == "state") return {streams_.at(name)};
    return {tag(streams_.at(name), in[2].toTensor(), true)};
  }

 protected:
  /// Hidden and cell state before the first frame, [2, 1, hidden].
  virtual Tensor initial_state() = 0;
  virtual Step step(const Tensor& frame, const Tensor& state) = 0;

  Weights weights_;

 private:
  /// The frames' tags. The state of a stream is overwritten, that of a recording isn't needed any more.
  Tensor tag(Tensor state, const Tensor& x, bool stream) {
    std::vector<Tensor> tags;
    for (const Tensor& frame : x.split(1)) {
      const Step result = step(frame, state);
      tags.push_back(result.first);
      if (stream) {
        state.copy_(result.second);
      } else {
        state = result.second;
      }
    }
    return torch::cat(tags);
  }

  std::map<std::string, Tensor> streams_;
};

class Eager : public Tagger {
 protected:
  Tensor initial_state() override { return torch::zeros({2, 1, kHidden}); }

  Step step(const Tensor& frame, const Tensor& state) override {
    const Tensor gates = torch::addmm(weights_.gate_bias, torch::cat({frame, state[0]}, 1), weights_.gates);
    const auto parts = gates.chunk(4, 1);
    const Tensor cell = torch::sigmoid(parts[0]) * state[1] + torch::sigmoid(parts[1]) * torch::tanh(parts[2]);
    const Tensor hidden = torch::sigmoid(parts[3]) * torch::tanh(cell);
    const Tensor logits = torch::addmm(weights_.tag_bias, hidden, weights_.tags);
    return {torch::log_softmax(logits, 1), torch::stack({hidden, cell})};
  }
};

/// The LSTM as a script module with the given weights and the given method initial_state.
inline torch::jit::Module make_module(const Weights& weights, const std::string& initial_state) {
  torch::jit::Module module("Tagger");
  module.register_parameter("gates", weights.gates, false);
  module.register_parameter("gate_bias", weights.gate_bias, false);
  module.register_parameter("tags", weights.tags, false);
  module.register_parameter("tag_bias", weights.tag_bias, false);
  module.define(initial_state + R"(
def step(self, frame, state):
    gates = torch.addmm(self.gate_bias, torch.cat([frame, state[0]], 1), self.gates)
    f, i, g, o = torch.chunk(gates, 4, 1)
    cell = torch.sigmoid(f) * state[1] + torch.sigmoid(i) * torch.tanh(g)
    hidden = torch.sigmoid(o) * torch.tanh(cell)
    logits = torch.addmm(self.tag_bias, hidden, self.tags)
    return torch.log_softmax(logits, 1), torch.stack([hidden, cell])
)");
  return module;
}

/// A recording, one stream alone, a second one beside it, another recording; the first stream is opened again.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto frames = [](int64_t n) { return torch::randn({n, kFeatures}); };
  return {{"clip", frames(6)},
          {"open", "a"},
          {"feed", "a", frames(4)},
          {"feed", "a", frames(3)},
          {"open", "b"},
          {"feed", "b", frames(4)},
          {"feed", "a", frames(2)},
          {"state", "b"},
          {"clip", frames(5)},
          {"open", "a"},
          {"state", "b"},
          {"feed", "b", frames(1)},
          {"feed", "a", frames(3)},
          {"clip", frames(1)}};
}

}  // namespace
