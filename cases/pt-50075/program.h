// Sound events in spectrograms: two convolutions over time and frequency, the second followed by a noise floor and a
// gain for each frequency band. Each recording device has a network of its own.
#pragma once

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kEvents = 3;

/// The network of a device; `bands` frequency bands are left behind two convolutions without padding.
struct Network {
  Network(int64_t channels, int64_t bands)
      : kernel1(0.4 * torch::randn({channels, 1, 3, 3})),
        bias1(0.1 * torch::randn({channels})),
        scale(0.5 + torch::rand({1, channels, 1, 1})),
        shift(0.2 * torch::randn({1, channels, 1, 1})),
        kernel2(0.3 * torch::randn({channels, channels, 3, 3})),
        bias2(0.1 * torch::randn({channels})),
        floor(torch::rand({1, bands})),
        gain(0.5 + 2 * torch::rand({1, bands})),
        head(torch::randn({channels, kEvents})),
        head_bias(torch::zeros({kEvents})) {}

  /// x [N, 1, time, bands + 4] -> logits [N, events].
  Tensor forward(const Tensor& x) const {
    const Tensor h = torch::relu(torch::conv2d(x, kernel1, bias1) * scale + shift);
    const Tensor y = (torch::conv2d(h, kernel2, bias2) - floor) * gain;
    return torch::addmm(head_bias, torch::relu(y).mean({2, 3}), head);
  }

  Tensor kernel1, bias1, scale, shift;  // scale and shift of each channel: a batch normalisation that is done training
  Tensor kernel2, bias2, floor, gain, head, head_bias;
};

/// Calls: device, x. Devices differ in their numbers of channels and bands.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override { return {run(in[0].toInt(), in[1].toTensor())}; }

 protected:
  virtual Tensor run(int64_t device, const Tensor& x) { return networks_.at(device).forward(x); }

  std::vector<Network> networks_ = {{4, 6}, {6, 4}, {5, 5}, {5, 1}};
};

/// A module with the tensors of a network and the given forward method.
inline torch::jit::Module make_module(const Network& network, const char* method) {
  torch::jit::Module module("Network");
  module.register_parameter("kernel1", network.kernel1, false);
  module.register_parameter("bias1", network.bias1, false);
  module.register_buffer("scale", network.scale);
  module.register_buffer("shift", network.shift);
  module.register_parameter("kernel2", network.kernel2, false);
  module.register_parameter("bias2", network.bias2, false);
  module.register_buffer("floor", network.floor);
  module.register_buffer("gain", network.gain);
  module.register_parameter("head", network.head, false);
  module.register_parameter("head_bias", network.head_bias, false);
  module.define(method);
  return module;
}

/// Recordings of four devices, of several lengths; two were cut to a wrong number of bands and must be refused.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto recordings = [](int64_t n, int64_t time, int64_t bands) {
    return torch::randn({n, 1, time, bands + 4}).abs();
  };
  return {{0, recordings(2, 9, 6)}, {0, recordings(1, 7, 6)}, {1, recordings(2, 9, 4)}, {2, recordings(2, 9, 5)},
          {2, recordings(1, 5, 5)}, {0, recordings(1, 9, 7)}, {2, recordings(1, 9, 7)}, {3, recordings(2, 8, 1)},
          {1, recordings(3, 6, 4)}, {2, recordings(3, 12, 5)}};
}

}  // namespace
