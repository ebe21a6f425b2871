// Dense layers on plain tensors, with derivatives that the tracer records.
//
// Inside a trace, gradients through tanh, relu and at::linear fail: their kernels save an output or a transposed weight
// that the tracer refuses as a constant. These forms compute the same from operators that it records.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "harness/sdk/program.h"

namespace hybugs {

/// x [N, in] times weight [in, out] plus bias [out]: [N, out].
inline torch::Tensor dense(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
  return torch::addmm(bias, x, weight);
}

/// max(x, 0), any shape.
inline torch::Tensor traceable_relu(const torch::Tensor& x) {
  return torch::clamp_min(x, 0);
}

/// tanh(x), any shape; overflows beyond |x| = 88 in float32.
inline torch::Tensor traceable_tanh(const torch::Tensor& x) {
  return torch::sinh(x) / torch::cosh(x);
}

/// The parameters of a multi-layer perceptron: for neighbours of `sizes` a weight [in, out], uniform within
/// sqrt(6 / (in + out)) (Glorot and Bengio, 2010), and a bias [out] of zeros.
inline std::vector<torch::Tensor> make_dense_layers(const std::vector<std::int64_t>& sizes,
                                                    torch::ScalarType type = torch::kFloat32) {
  std::vector<torch::Tensor> parameters;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const double bound = std::sqrt(6.0 / static_cast<double>(sizes[i - 1] + sizes[i]));
    parameters.push_back((torch::rand({sizes[i - 1], sizes[i]}, type) * 2 - 1) * bound);
    parameters.push_back(torch::zeros({sizes[i]}, type));
  }
  return parameters;
}

/// A multi-layer perceptron: `parameters` as make_dense_layers() gives them, `activation` between the layers and none
/// behind the last. x [N, in]: [N, out].
template <typename Activation>
torch::Tensor dense_layers(torch::Tensor x, const std::vector<torch::Tensor>& parameters,
                           const Activation& activation) {
  for (std::size_t i = 0; i + 1 < parameters.size(); i += 2) {
    if (i > 0) x = activation(x);
    x = dense(x, parameters[i], parameters[i + 1]);
  }
  return x;
}

}  // namespace hybugs
