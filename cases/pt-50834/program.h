// Normaliser of data streams: the mean and deviation of each feature, old batches forgotten exponentially, and the
// batch scaled by them. The rate is the share that a new batch gets; 0.1 forgets soon, 1e-9 remembers for years.
#pragma once

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kFeatures = 4;

/// One call: batch [B, features], rate, and whether a new stream begins. It gives the batch scaled by the statistics,
/// the mean and deviation of each feature, and the weight that all batches of the stream have together.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (in[2].toBool()) {
      const Tensor zeros = torch::zeros({kFeatures}, torch::kFloat64);
      state_ = {zeros, zeros, torch::ones({}, torch::kFloat64)};
    }
    const Values out = update(in[0].toTensor(), in[1].toDouble());
    state_.assign(out.begin() + 4, out.end());
    return {out.begin(), out.begin() + 4};
  }

 protected:
  /// The outputs of a call and the new state.
  virtual Values update(const Tensor& x, double rate) {
    const Tensor keep = torch::tensor(1 - rate, torch::kFloat64);
    const Tensor share = 1 - keep;
    const Tensor mean = keep * state_[0].toTensor() + share * x.mean({0});
    const Tensor square = keep * state_[1].toTensor() + share * (x * x).mean({0});
    const Tensor rest = keep * state_[2].toTensor();
    const Tensor weight = 1 - rest;
    const Tensor centre = mean / weight;
    const Tensor deviation = torch::sqrt(torch::clamp_min(square / weight - centre * centre, 1e-6));
    return {(x - centre) / deviation, centre, deviation, weight, mean, square, rest};
  }

  // Sums of the batches and of their squares by weight, and the weight that is left for the time before the stream.
  Values state_;
};

/// Streams with ever longer memories, then one that only looks at the newest batch.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const Tensor level = 3 * torch::rand({kFeatures}, torch::kFloat64);
  const auto batch = [&](int64_t rows) { return level + torch::randn({rows, kFeatures}, torch::kFloat64); };
  return {{batch(16), 0.1, true},   {batch(16), 0.05, false}, {batch(8), 1e-3, true},  {batch(8), 1e-9, true},
          {batch(24), 1e-9, false}, {batch(16), 1e-6, true},  {batch(7), 1e-6, false}, {batch(16), 3e-9, true},
          {batch(3), 1.0, true},    {batch(9), 1e-9, false},  {batch(16), 0.02, false}};
}

}  // namespace
