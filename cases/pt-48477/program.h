// A small classifier that is trained for binary weights and activations. It answers at full precision, or as the binary
// network that will run on the device: there weights and activations keep only their signs and a scale.
#pragma once

#include <string>

#include "harness/sdk/trace.h"

namespace {

using torch::Tensor;

constexpr int64_t kSizes[] = {10, 16, 16, 4};  // features, two hidden layers, classes
constexpr int kLayers = 3;
constexpr int kPerLayer = 5;  // weight [out, in]; scale, offset, mean, variance of the batch norm [out]

/// Gives a tensor other values of the same shape and type.
using Assign = void (*)(const Tensor& tensor, const Tensor& values);

/// The parameters of all layers, kPerLayer of each.
inline hybugs::Values make_parameters() {
  hybugs::Values parameters;
  for (int layer = 0; layer < kLayers; ++layer) {
    const int64_t in = kSizes[layer], out = kSizes[layer + 1];
    parameters.emplace_back(torch::randn({out, in}, torch::kFloat64));
    parameters.emplace_back(0.5 + torch::rand({out}, torch::kFloat64));
    parameters.emplace_back(0.3 * torch::randn({out}, torch::kFloat64));
    parameters.emplace_back(0.5 * torch::randn({out}, torch::kFloat64));
    parameters.emplace_back(1 + 3 * torch::rand({out}, torch::kFloat64));
  }
  return parameters;
}

/// -1 for negative values, else 1.
inline Tensor signs(const Tensor& x) {
  return torch::ge(x, 0).to(torch::kFloat64) * 2 - 1;
}

/// The signs of a weight [out, in], scaled by each row's mean magnitude.
inline Tensor binary_weight(const Tensor& weight) {
  return signs(weight) * weight.abs().mean(1, true);
}

/// Inputs: x [B, features], then the parameters. Output: log probabilities [B, classes]. A layer's own weight stays as
/// it is; the activations of the first layer are the features.
inline hybugs::Values classify(const hybugs::Values& in, bool binary, Assign assign) {
  Tensor x = in[0].toTensor();
  for (int layer = 0; layer < kLayers; ++layer) {
    const auto parameter = [&](int k) { return in[1 + layer * kPerLayer + k].toTensor(); };
    const Tensor weight = 1 * parameter(0);
    if (binary) assign(weight, binary_weight(parameter(0)));
    if (binary && layer > 0) assign(x, signs(x));
    x = torch::matmul(x, weight.t());
    x = torch::batch_norm(x, parameter(1), parameter(2), parameter(3), parameter(4), false, 0.1, 1e-5, false);
    if (layer + 1 < kLayers) x = torch::hardtanh(x);
  }
  return {torch::log_softmax(x, 1)};
}

/// Calls: {"full" or "binary", x} answers with log probabilities and classes. {"load", weights of all layers} takes the
/// weights of a checkpoint and returns their number.
class Classifier : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (inputs[0].toStringRef() == "load") {
      const std::vector<Tensor> weights = inputs[1].toTensorVector();
      for (int layer = 0; layer < kLayers; ++layer) parameters_[layer * kPerLayer] = weights[layer];
      return {static_cast<int64_t>(weights.size())};
    }
    hybugs::Values arguments = {inputs[1]};
    arguments.insert(arguments.end(), parameters_.begin(), parameters_.end());
    const Tensor log_probs = answer(arguments, inputs[0].toStringRef() == "binary")[0].toTensor();
    return {log_probs, log_probs.argmax(1)};
  }

 protected:
  /// classify() on x and the parameters.
  virtual hybugs::Values answer(const hybugs::Values& arguments, bool binary) = 0;

 private:
  hybugs::Values parameters_ = make_parameters();
};

class Eager : public Classifier {
 protected:
  hybugs::Values answer(const hybugs::Values& arguments, bool binary) override {
    return classify(arguments, binary, [](const Tensor& tensor, const Tensor& values) { tensor.set_data(values); });
  }
};

/// Both precisions in turn, batches of several sizes, and a new checkpoint in the middle.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto x = [](int64_t batch) { return torch::randn({batch, kSizes[0]}, torch::kFloat64); };
  std::vector<Tensor> weights;
  for (int layer = 0; layer < kLayers; ++layer) {
    weights.push_back(torch::randn({kSizes[layer + 1], kSizes[layer]}, torch::kFloat64));
  }
  return {{"full", x(6)},    {"full", x(3)},   {"binary", x(6)}, {"binary", x(1)}, {"full", x(2)},
          {"load", weights}, {"binary", x(4)}, {"full", x(5)},   {"binary", x(9)}};
}

}  // namespace
