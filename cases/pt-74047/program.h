// Scores short spectrograms: a batch is normalised by its overall mean and variance, averaged over time, and scored by
// a linear layer. The moments are averaged over the batches that were seen.
#pragma once

#include <cmath>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kChannels = 3, kClasses = 4;

/// Mean and variance.
struct Moments {
  Tensor mean, variance;
};

/// Inputs: spectrograms x [B, channels, T], weight [channels, classes], bias [classes]. Outputs: the scores [B,
/// classes] and the moments of the batch; `moments` computes these from x.
template <typename MomentsOf>
Values score(const Values& in, const MomentsOf& moments) {
  const Tensor x = in[0].toTensor();
  const Moments m = moments(x);
  const Tensor pooled = ((x - m.mean) / torch::sqrt(m.variance + 1e-5)).mean(2);
  return {torch::addmm(in[2].toTensor(), pooled, in[1].toTensor()), m.mean, m.variance};
}

/// A call takes spectrograms [B, channels, T]; it returns the scores, the moments of the batch, and the averages of the
/// moments so far.
class Scorer : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values out = run({in[0], weight_, bias_});
    ++batches_;
    mean_ = mean_ + (out[1].toTensor() - mean_) / batches_;
    variance_ = variance_ + (out[2].toTensor() - variance_) / batches_;
    out.insert(out.end(), {mean_, variance_});
    return out;
  }

 protected:
  /// score() of these inputs.
  virtual Values run(const Values& inputs) = 0;

 private:
  Tensor weight_ = torch::randn({kChannels, kClasses}, torch::kFloat64);
  Tensor bias_ = torch::randn({kClasses}, torch::kFloat64);
  Tensor mean_ = torch::zeros({}, torch::kFloat64), variance_ = mean_;
  int64_t batches_ = 0;
};

class Eager : public Scorer {
 protected:
  Values run(const Values& inputs) override { return score(inputs, moments); }

 private:
  /// Over all entries of x, each with the same weight.
  static Moments moments(const Tensor& x) {
    const Tensor flat = x.flatten();
    const Tensor weights = torch::ones({x.numel()}, x.options());
    const auto count = x.numel();
    const Tensor mean = (flat * weights).sum() / count;
    return {mean, ((flat - mean).square() * weights).sum() / count};
  }
};

/// Batches and lengths vary. The second batch has as many entries as the first one, the third has more.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (const auto& [batch, time] : std::vector<std::pair<int64_t, int64_t>>{
           {2, 4}, {4, 2}, {4, 5}, {2, 4}, {1, 1}, {1, 8}, {3, 7}, {7, 3}, {2, 4}}) {
    const double level = static_cast<double>(calls.size() % 3);  // loud and quiet recordings
    calls.push_back({torch::randn({batch, kChannels, time}, torch::kFloat64) * (1 + level) - level});
  }
  return calls;
}

}  // namespace
