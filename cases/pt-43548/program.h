// The encoder of a speech model. The last of three feature columns is a flag, which the model itself raises in the
// first frame behind the utterance.
#pragma once

#include "harness/sdk/trace.h"

namespace {

using at::indexing::Slice;
using torch::Tensor;

constexpr int64_t kFeatures = 3;
constexpr int64_t kFlag = 2;  // column
constexpr int64_t kHidden = 8;

/// Frame by frame, with a look at both neighbours: features [1, T, kFeatures] -> [1, T, kFeatures].
class Encoder {
 public:
  Tensor operator()(const Tensor& features) const {
    Tensor x = torch::tanh(torch::matmul(features, in_) + in_bias_);
    const Tensor mixed = torch::conv1d(x.transpose(1, 2), neighbours_, neighbours_bias_, 1, 1);
    x = x + torch::tanh(mixed).transpose(1, 2);
    return torch::matmul(x, out_) + out_bias_;
  }

 private:
  static Tensor weights(torch::IntArrayRef shape) { return 0.5 * torch::randn(shape, torch::kFloat64); }

  Tensor in_ = weights({kFeatures, kHidden}), in_bias_ = weights({kHidden});
  Tensor neighbours_ = weights({kHidden, kHidden, 3}), neighbours_bias_ = weights({kHidden});
  Tensor out_ = weights({kHidden, kFeatures}), out_bias_ = weights({kFeatures});
};

/// Inputs: features [1, T, kFeatures], number of frames of the utterance [1]. Outputs: the features, flagged in place,
/// and their encoding, both [1, T, kFeatures].
class SpeechModel : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const Tensor features = flag_end(inputs);
    return {features, encode(features)};
  }

 protected:
  /// Writes the flag column into the features of `inputs` and returns them.
  virtual Tensor flag_end(const hybugs::Values& inputs) = 0;
  virtual Tensor encode(const Tensor& features) = 0;

  Encoder encoder_;
};

class Eager : public SpeechModel {
 protected:
  Tensor flag_end(const hybugs::Values& inputs) override {
    Tensor features = inputs[0].toTensor();
    const Tensor at_end = torch::arange(features.size(1)) == inputs[1].toTensor();
    features.index_put_({Slice(), Slice(), kFlag}, at_end);
    return features;
  }

  Tensor encode(const Tensor& features) override { return encoder_(features); }
};

/// Utterances in buffers of one to nine frames; some fill their buffer, so that no frame is flagged. The column holds
/// what the last user of the buffer left there.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const std::vector<std::pair<int64_t, int64_t>> sizes = {{2, 1}, {2, 0}, {5, 3}, {3, 2}, {1, 0},
                                                          {7, 7}, {1, 1}, {9, 4}, {2, 2}, {5, 4}};
  hybugs::Scenario calls;
  for (const auto& [frames, length] : sizes) {
    calls.push_back({torch::randn({1, frames, kFeatures}, torch::kFloat64), torch::tensor({length})});
  }
  return calls;
}

}  // namespace
