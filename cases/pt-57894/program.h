// A command-line tool cleans recordings with a network of residual convolutions. It reads the network from a file, and
// the clips of a job have different lengths.
#pragma once

#include <cmath>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kChannels = 8;
constexpr int64_t kBlocks = 12;

/// A trained network as a scripted module in a file: bytes [n]. Clips [1, channels, length] keep their shape.
inline Tensor network_file() {
  torch::jit::Module module("Cleaner");
  std::string text = "def forward(self, x):\n";
  for (int64_t i = 0; i < kBlocks; ++i) {
    const double bound = 1 / std::sqrt(3.0 * kChannels);
    const auto uniform = [&](at::IntArrayRef shape) { return (bound * (2 * torch::rand(shape) - 1)).requires_grad_(); };
    const std::string n = std::to_string(i);
    module.register_parameter("kernel" + n, uniform({kChannels, kChannels, 3}), /*is_buffer=*/false);
    module.register_parameter("bias" + n, uniform({kChannels}), /*is_buffer=*/false);
    text += "    x = x + torch.relu(torch.conv1d(x, self.kernel" + n + ", self.bias" + n + ", [1], [1]))\n";
  }
  module.define(text + "    return x\n");
  std::ostringstream out;
  module.save(out);
  const std::string bytes = out.str();
  return torch::tensor(std::vector<uint8_t>(bytes.begin(), bytes.end()));
}

/// Inputs of a call, one job: the network's file, and clips [1, channels, length]. Outputs: the clean clips.
class Cleaner : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const Tensor file = inputs[0].toTensor();
    if (!file_.defined() || !torch::equal(file, file_)) {
      std::istringstream in(std::string(reinterpret_cast<const char*>(file.data_ptr<uint8_t>()), file.numel()));
      network_ = torch::jit::load(in);
      file_ = file;
    }
    Values outputs;
    for (size_t i = 1; i < inputs.size(); ++i) outputs.emplace_back(cleaned(inputs[i].toTensor()).detach());
    return outputs;
  }

 protected:
  virtual Tensor cleaned(const Tensor& clip) = 0;

  torch::jit::Module network_;

 private:
  Tensor file_;
};

class Eager : public Cleaner {
  Tensor cleaned(const Tensor& clip) override {
    Tensor x = clip;
    for (int64_t i = 0; i < kBlocks; ++i) {
      const Tensor kernel = network_.attr("kernel" + std::to_string(i)).toTensor();
      const Tensor bias = network_.attr("bias" + std::to_string(i)).toTensor();
      x = x + torch::relu(torch::conv1d(x, kernel, bias, 1, 1));
    }
    return x;
  }
};

/// A job as it comes, another one with the same network, one with a new network, and one with a single long clip.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto job = [](const Tensor& file, const std::vector<int64_t>& lengths) {
    Values inputs = {file};
    for (const int64_t length : lengths) inputs.emplace_back(torch::randn({1, kChannels, length}));
    return inputs;
  };
  const Tensor first = network_file();
  const Tensor second = network_file();
  return {job(first, {30, 30, 40, 50}), job(first, {30, 45}), job(second, {30, 50, 50}), job(first, {200})};
}

}  // namespace
