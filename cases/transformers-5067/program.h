// A BERT encoder that tags the tokens of sentences, in a server that takes the sentences one by one.
#pragma once

#include <cmath>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kVocabulary = 120;
constexpr int64_t kMaxLength = 256;  // of a sentence, in tokens
constexpr int64_t kHidden = 64;
constexpr int64_t kHeads = 4;
constexpr int64_t kIntermediate = 128;
constexpr int64_t kLayers = 2;
constexpr int64_t kTags = 9;

/// Weights: embeddings of words and of positions, the tagger, then for each layer query, key, value and output of the
/// attention and the two matrices of the feed-forward block.
inline Tensors trained_weights() {
  const auto normal = [](at::IntArrayRef shape) { return 0.3 * torch::randn(shape); };
  Tensors w = {normal({kVocabulary, kHidden}), normal({kMaxLength, kHidden}), normal({kHidden, kTags})};
  for (int64_t layer = 0; layer < kLayers; ++layer) {
    for (int i = 0; i < 3; ++i) w.push_back(normal({kHidden, kHeads, kHidden / kHeads}));
    w.insert(w.end(), {normal({kHeads, kHidden / kHeads, kHidden}), normal({kHidden, kIntermediate}),
                       normal({kIntermediate, kHidden})});
  }
  return w;
}

/// Token ids [1, T] -> tag scores [1, T, tags]. No token attends to one whose `mask` [1, T] is 0.
inline Tensor bert(const Tensor& ids, const Tensor& mask, const Tensors& w) {
  const auto norm = [](const Tensor& x) { return torch::layer_norm(x, {kHidden}); };
  const Tensor positions = torch::arange(ids.size(1));
  const Tensor padding = mask.eq(0).unsqueeze(1).unsqueeze(1);
  Tensor x = norm(torch::embedding(w[0], ids) + torch::embedding(w[1], positions));
  for (size_t first = 3; first < w.size(); first += 6) {
    const Tensor query = torch::einsum("bth,hnd->bntd", {x, w[first]});
    const Tensor key = torch::einsum("bth,hnd->bntd", {x, w[first + 1]});
    const Tensor value = torch::einsum("bth,hnd->bntd", {x, w[first + 2]});
    const Tensor scores = torch::matmul(query, key.transpose(2, 3)) / std::sqrt(double(kHidden) / kHeads);
    const Tensor attended = torch::matmul(torch::softmax(scores.masked_fill(padding, -10000.0), -1), value);
    x = norm(x + torch::einsum("bntd,ndh->bth", {attended, w[first + 3]}));
    x = norm(x + torch::matmul(torch::gelu(torch::matmul(x, w[first + 4])), w[first + 5]));
  }
  return torch::matmul(x, w[2]);
}

/// Inputs of a call: the ids of some sentences, [T] each, at most kMaxLength tokens. Outputs: the tag scores of each
/// sentence's tokens, [T, tags].
class Tagger : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const torch::NoGradGuard no_grad;
    Values outputs;
    for (const auto& sentence : inputs) outputs.emplace_back(tag(sentence.toTensor().unsqueeze(0)).squeeze(0));
    return outputs;
  }

 protected:
  /// Ids of a sentence [1, T] -> scores [1, T, tags].
  virtual Tensor tag(const Tensor& ids) = 0;

  const Tensors w_ = trained_weights();
};

class Eager : public Tagger {
  Tensor tag(const Tensor& ids) override { return bert(ids, torch::ones_like(ids), w_); }
};

/// Sentences of everyday lengths, two a call; then the longest one that is allowed, single words, and many at once.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto sentences = [](int64_t count, int64_t shortest, int64_t longest) {
    Values ids;
    for (int64_t i = 0; i < count; ++i) {
      const auto length = torch::randint(shortest, longest + 1, {1}).item<int64_t>();
      ids.emplace_back(torch::randint(kVocabulary, {length}));
    }
    return ids;
  };
  return {sentences(2, 5, 30),
          sentences(2, 5, 30),
          sentences(2, 5, 30),
          sentences(2, 5, 30),
          sentences(1, kMaxLength, kMaxLength),
          sentences(2, 1, 1),
          sentences(3, 2, 70)};
}

}  // namespace
