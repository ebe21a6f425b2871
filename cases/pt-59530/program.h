// A decoder that walks over a sequence of feature frames with an LSTM cell and scores the symbols at every step.
#pragma once

#include <cmath>
#include <string>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kFeatures = 20, kHidden = 10, kSymbols = 6;

/// Fresh weights: of the cell [4 hidden, features], [4 hidden, hidden] and its biases; of the read-out [hidden,
/// symbols] and its bias.
inline std::vector<Tensor> make_weights() {
  const std::vector<std::vector<int64_t>> shapes = {
      {4 * kHidden, kFeatures}, {4 * kHidden, kHidden}, {4 * kHidden}, {4 * kHidden}, {kHidden, kSymbols}, {kSymbols}};
  const double bound = 1 / std::sqrt(static_cast<double>(kHidden));
  std::vector<Tensor> weights;
  for (const auto& shape : shapes) weights.push_back(2 * bound * torch::randn(shape));
  return weights;
}

/// Inputs: frames [T, B, features], then the weights. The log probabilities of the symbols, [T, B, symbols]; hidden
/// and cell state start at zero.
inline Tensor decode(const Values& in) {
  const auto at = [&](int i) { return in[i].toTensor(); };
  const Tensor x = at(0);
  Tensor h = torch::zeros({x.size(1), kHidden}, x.options());
  Tensor c = torch::zeros({x.size(1), kHidden}, x.options());
  std::vector<Tensor> states;
  for (int64_t t = 0; t < x.size(0); ++t) {
    std::tie(h, c) = torch::lstm_cell(x[t], {h, c}, at(1), at(2), at(3), at(4));
    states.push_back(h);
  }
  return torch::log_softmax(torch::matmul(torch::stack(states), at(5)) + at(6), -1);
}

/// Calls: ("load", list of weights) replaces the weights. ("decode", frames [T, B, features]) gives the log
/// probabilities and the best symbol of each step, [T, B].
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (in[0].toStringRef() == "load") {
      weights_ = in[1].toTensorVector();
      return {static_cast<int64_t>(weights_.size())};
    }
    Values inputs = {in[1]};
    inputs.insert(inputs.end(), weights_.begin(), weights_.end());
    const Tensor scores = run(inputs);
    return {scores, scores.argmax(-1)};
  }

 protected:
  /// decode() of these inputs.
  virtual Tensor run(const Values& inputs) { return decode(inputs); }

 private:
  std::vector<Tensor> weights_ = make_weights();
};

/// Batches of three sequences of five frames, then other numbers of sequences, other weights and other lengths, one of
/// them drawn at random.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto frames = [](int64_t steps, int64_t batch) {
    return Values{"decode", torch::randn({steps, batch, kFeatures})};
  };
  const auto draw = [](int64_t low, int64_t high) { return torch::randint(low, high, {}).item().toLong(); };
  return {frames(5, 3), frames(5, 3), frames(5, 6), frames(5, 1), {"load", make_weights()},
          frames(5, 3), frames(2, 3), frames(8, 4), frames(1, 1), frames(draw(9, 33), draw(7, 31)),
          frames(5, 6)};
}

}  // namespace
