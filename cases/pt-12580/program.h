// A small transformer language model that scores prompts of any length up to 32 tokens.
#pragma once

#include <cmath>
#include <limits>

#include "harness/sdk/trace.h"

namespace {

using torch::Tensor;

constexpr int64_t kWords = 50;
constexpr int64_t kWidth = 16;
constexpr int64_t kMaxLength = 32;

/// Token ids [B, T] -> the numbers of their places, [T].
using Positions = Tensor (*)(const Tensor&);

/// Embeddings of token and place, one block of causal self-attention and dense layers, tied output weights.
class LanguageModel {
 public:
  /// ids [B, T] -> logits of the next token [B, T, kWords].
  Tensor logits(const Tensor& ids, Positions positions) const {
    const Tensor place = positions(ids);
    Tensor x = torch::embedding(words_, ids) + torch::embedding(places_, place);
    const Tensor h = norm(x);
    const Tensor query = torch::matmul(h, query_);
    const Tensor key = torch::matmul(h, key_);
    const Tensor later = place.unsqueeze(0) > place.unsqueeze(1);  // [T, T]: no token looks ahead
    const Tensor scores = torch::matmul(query, key.transpose(1, 2)) / std::sqrt(static_cast<double>(kWidth));
    const Tensor attention = torch::softmax(scores.masked_fill(later, -std::numeric_limits<double>::infinity()), -1);
    x = x + torch::matmul(torch::matmul(attention, torch::matmul(h, value_)), output_);
    x = x + torch::matmul(torch::tanh(torch::matmul(norm(x), up_)), down_);
    return torch::matmul(norm(x), words_.t());
  }

 private:
  static Tensor weights(int64_t rows, int64_t columns) {
    return torch::randn({rows, columns}, torch::kFloat64) / std::sqrt(static_cast<double>(kWidth));
  }
  static Tensor norm(const Tensor& x) { return torch::layer_norm(x, {kWidth}); }

  Tensor words_ = weights(kWords, kWidth), places_ = weights(kMaxLength, kWidth);
  Tensor query_ = weights(kWidth, kWidth), key_ = weights(kWidth, kWidth), value_ = weights(kWidth, kWidth);
  Tensor output_ = weights(kWidth, kWidth), up_ = weights(kWidth, 2 * kWidth), down_ = weights(2 * kWidth, kWidth);
};

/// Inputs: prompts [B, T]. Outputs: logits [B, T, kWords] and each prompt's log likelihood given its first token, [B].
inline hybugs::Values score(const LanguageModel& model, const hybugs::Values& in, Positions positions) {
  const Tensor ids = in[0].toTensor();
  const Tensor logits = model.logits(ids, positions);
  const Tensor predicted = torch::log_softmax(logits, -1).slice(1, 0, -1);
  return {logits, predicted.gather(2, ids.slice(1, 1).unsqueeze(2)).sum({1, 2})};
}

class Eager : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return score(model_, inputs, [](const Tensor& ids) { return torch::arange(ids.size(1)); });
  }

 private:
  LanguageModel model_;
};

/// Batches of prompts; within a batch all have the same length.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const std::vector<std::pair<int64_t, int64_t>> sizes = {{2, 4},  {3, 4}, {1, 4},  {2, 7}, {3, 1},
                                                          {1, 16}, {2, 5}, {1, 32}, {3, 2}, {2, 4}};
  hybugs::Scenario calls;
  for (const auto& [batch, length] : sizes) calls.push_back({torch::randint(kWords, {batch, length})});
  return calls;
}

}  // namespace
