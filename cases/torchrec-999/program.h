// Click prediction from sparse features: each feature (key) brings a list of ids of any length for every sample; their
// embeddings are summed, and the sums interact with dense features.
#pragma once

#include <cmath>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kKeys = 4, kRows = 30, kEmbedding = 5, kDense = 3;

/// An embedding table for each key [rows, embedding]; weight and bias of the dense layer and of the last layer.
inline Values make_parameters() {
  Values parameters;
  const auto add = [&](const std::vector<int64_t>& shape) {
    parameters.push_back(torch::randn(shape, torch::kFloat64) / std::sqrt(static_cast<double>(shape[0])));
  };
  for (int64_t k = 0; k < kKeys; ++k) add({kRows, kEmbedding});
  add({kDense, kEmbedding});
  add({kEmbedding});
  add({kEmbedding + (kKeys + 1) * (kKeys + 1), 1});
  add({1});
  return parameters;
}

/// Inputs: ids of all keys and samples [N], key by key; their weights [N]; how many each key has for each sample
/// [keys * B]; dense features [B, dense]; parameters. `split` cuts a tensor [N] into the parts of the keys, given the
/// numbers [keys, B]. Outputs: pooled embeddings [B, keys * embedding], probability of a click [B].
template <typename Split>
Values predict(const Values& in, const Split& split) {
  const auto at = [&](int64_t i) { return in[i].toTensor(); };
  const Tensor lengths = at(2).view({kKeys, -1});
  const Tensor begins = lengths.cumsum(1) - lengths;  // of the samples, within the part of a key
  const std::vector<Tensor> ids = split(at(0), lengths), weights = split(at(1), lengths);
  const Tensor dense = torch::relu(torch::addmm(at(kKeys + 5), at(3), at(kKeys + 4)));
  std::vector<Tensor> vectors = {dense};
  for (int64_t k = 0; k < kKeys; ++k) {
    vectors.push_back(std::get<0>(torch::embedding_bag(at(4 + k), ids[k], begins[k], false, 0, false, weights[k])));
  }
  const Tensor stacked = torch::stack(vectors, 1);
  const Tensor interactions = torch::bmm(stacked, stacked.transpose(1, 2)).flatten(1);
  const Tensor logits = torch::addmm(at(kKeys + 7), torch::cat({dense, interactions}, 1), at(kKeys + 6));
  return {stacked.slice(1, 1).flatten(1), torch::sigmoid(logits).squeeze(1)};
}

/// A call takes ids, weights, lengths and dense features of a batch and returns what predict() does.
class Predictor : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values inputs = in;
    inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
    return run(inputs);
  }

 protected:
  /// predict() of these inputs.
  virtual Values run(const Values& inputs) = 0;

 private:
  Values parameters_ = make_parameters();
};

class Eager : public Predictor {
 protected:
  Values run(const Values& inputs) override { return predict(inputs, split); }

 private:
  static std::vector<Tensor> split(const Tensor& flat, const Tensor& lengths) {
    std::vector<int64_t> length_per_key;
    for (const Tensor& key : lengths.sum(1).unbind()) length_per_key.push_back(key.item<int64_t>());
    return flat.split_with_sizes(length_per_key);
  }
};

/// A batch whose keys have `length_per_key` ids in all: two go to the last sample, the others to samples at random.
inline Values batch_of(const std::vector<int64_t>& length_per_key, int64_t batch) {
  std::vector<Tensor> lengths;
  int64_t total = 0;
  for (const int64_t length : length_per_key) {
    const Tensor samples = torch::randint(batch, {length}, torch::kInt64);
    samples.slice(0, 0, 2).fill_(batch - 1);
    lengths.push_back(torch::one_hot(samples, batch).sum(0));
    total += length;
  }
  return {torch::randint(kRows, {total}, torch::kInt64), torch::rand({total}, torch::kFloat64) + 0.5,
          torch::cat(lengths), torch::randn({batch, kDense}, torch::kFloat64)};
}

/// Keys that keep their numbers of ids, that change them with the same total, with another one, or have none; other
/// batch sizes.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  return {batch_of({5, 3, 7, 2}, 4), batch_of({5, 3, 7, 2}, 4), batch_of({5, 3, 7, 2}, 6), batch_of({3, 5, 6, 3}, 4),
          batch_of({4, 9, 6, 3}, 4), batch_of({0, 8, 0, 9}, 4), batch_of({6, 0, 2, 1}, 1), batch_of({5, 3, 7, 2}, 4)};
}

}  // namespace
