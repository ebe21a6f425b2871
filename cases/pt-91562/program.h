// A server for a scripted segmentation network with two methods: forward gives scores for each pixel, inference labels.
#pragma once

#include <cmath>
#include <string>

#include "harness/sdk/program.h"
#include "torch/csrc/jit/passes/inliner.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kChannels = 8;
constexpr int64_t kClasses = 4;
constexpr double kEpsilon = 1e-5;

/// A convolution, 3 x 3 without bias, and the batch normalisation behind it: scale, shift, running mean and variance.
struct Block {
  Tensor kernel, gamma, beta, mean, variance;
};

struct Network {
  std::vector<Block> blocks;
  Tensor head, head_bias;
};

/// A trained network, as it might be found in a file.
inline Network trained_network() {
  const auto normal = [](double scale, at::IntArrayRef shape) { return scale * torch::randn(shape); };
  Network network{{}, normal(0.5, {kClasses, kChannels, 1, 1}), normal(0.1, {kClasses})};
  for (const int64_t in : {int64_t{3}, kChannels, kChannels}) {
    network.blocks.push_back({normal(0.2, {kChannels, in, 3, 3}), 0.5 + torch::rand({kChannels}),
                              normal(0.3, {kChannels}), normal(0.2, {kChannels}), 0.5 + torch::rand({kChannels})});
  }
  return network;
}

/// The network as a script, in evaluation mode.
inline torch::jit::Module scripted(const Network& network) {
  torch::jit::Module module("Segmenter");
  std::string text = "def forward(self, x):\n";
  for (size_t i = 0; i < network.blocks.size(); ++i) {
    const Block& block = network.blocks[i];
    const std::string n = std::to_string(i);
    module.register_parameter("kernel" + n, block.kernel, /*is_buffer=*/false);
    module.register_parameter("gamma" + n, block.gamma, false);
    module.register_parameter("beta" + n, block.beta, false);
    module.register_buffer("mean" + n, block.mean);
    module.register_buffer("variance" + n, block.variance);
    text += "    x = torch.conv2d(x, self.kernel" + n + ", None, [1, 1], [1, 1])\n";
    text += "    x = torch.batch_norm(x, self.gamma" + n + ", self.beta" + n + ", self.mean" + n + ", self.variance" +
            n + ", self.training, 0.1, 1e-5, False)\n    x = torch.relu(x)\n";
  }
  module.register_parameter("head", network.head, false);
  module.register_parameter("head_bias", network.head_bias, false);
  module.register_attribute("training", c10::BoolType::get(), false);
  module.define(text + R"(
    return torch.conv2d(x, self.head, self.head_bias)

def inference(self, x):
    confidence, label = torch.max(torch.softmax(self.forward(x), 1), 1)
    return confidence, label
)");
  return module;
}

/// Calls: {"forward", x [n, 3, h, w]} outputs scores [n, classes, h, w]; {"inference", x} the largest probability and
/// the label of each pixel, [n, h, w]. {"optimise"} goes on with a network optimised for inference and outputs how many
/// batch normalisations are left, first for forward, then for inference.
class Server : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const torch::NoGradGuard no_grad;
    const std::string& what = inputs[0].toStringRef();
    if (what == "forward") return {forward(inputs[1].toTensor())};
    if (what == "inference") return inference(inputs[1].toTensor());
    return optimise();
  }

 protected:
  virtual Tensor forward(const Tensor& x) = 0;
  virtual Values inference(const Tensor& x) = 0;
  virtual Values optimise() = 0;
};

class Eager : public Server {
  Tensor forward(const Tensor& x) override {
    Tensor h = x;
    for (const Block& b : network_.blocks) {
      h = torch::conv2d(h, b.kernel, folded_ ? b.beta : Tensor(), 1, 1);
      if (!folded_) h = torch::batch_norm(h, b.gamma, b.beta, b.mean, b.variance, false, 0.1, kEpsilon, false);
      h = torch::relu(h);
    }
    return torch::conv2d(h, network_.head, network_.head_bias);
  }

  Values inference(const Tensor& x) override {
    const auto [confidence, label] = torch::max(torch::softmax(forward(x), 1), 1);
    return {confidence, label};
  }

  // Scale and shift of a normalisation move into the kernel and bias of the convolution before it.
  Values optimise() override {
    for (Block& b : network_.blocks) {
      if (folded_) break;
      const Tensor scale = b.gamma / torch::sqrt(b.variance + kEpsilon);
      b.kernel = b.kernel * scale.reshape({-1, 1, 1, 1});
      b.beta = b.beta - b.mean * scale;
    }
    folded_ = true;
    return {int64_t{0}, int64_t{0}};
  }

  Network network_ = trained_network();
  bool folded_ = false;
};

/// Batch normalisations in a method of a scripted module.
inline int64_t normalisations(const torch::jit::Module& module, const std::string& method) {
  const auto graph = module.get_method(method).graph()->copy();
  torch::jit::Inline(*graph);
  int64_t count = 0;
  for (const torch::jit::Node* node : graph->nodes()) count += node->kind() == c10::Symbol::aten("batch_norm") ? 1 : 0;
  return count;
}

/// The network is used as it comes, optimised, and serves images of several sizes.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto on = [](const char* method, int64_t n, int64_t size) {
    return Values{method, torch::randn({n, 3, size, size})};
  };
  return {on("inference", 2, 8), on("forward", 2, 8),    {"optimise"},        on("inference", 2, 8),
          on("forward", 2, 8),   on("inference", 1, 12), on("forward", 3, 6), on("inference", 4, 5)};
}

}  // namespace
