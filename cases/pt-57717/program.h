// Regression with a small network of blocks: each is a linear layer and a ReLU, and some add their input to the result.
// Training is imperative; predictions are served by the compiled blocks.
#pragma once

#include <string>

#include "harness/sdk/adam.h"
#include "harness/sdk/dense.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kWidth = 6;

/// A block: x [..., width] to [..., width].
struct Block {
  Tensor weight, bias;  // [width, width], [width]
  bool use_skip;

  Tensor forward(const Tensor& x) const {
    Tensor x_in;
    if (use_skip) x_in = x;
    Tensor y = torch::relu(torch::matmul(x, weight) + bias);
    if (use_skip) y = y + x_in;
    return y;
  }
};

/// Calls: ("train", x [N, width], y [N]) takes a step of Adam and gives the loss. ("predict", x [..., width]) gives the
/// predictions [...] and what the last block returns.
class Eager : public hybugs::Program {
 public:
  Eager() {
    for (const bool use_skip : {true, false, true, true}) {
      const auto layer = hybugs::make_dense_layers({kWidth, kWidth});
      blocks_.push_back({layer[0].requires_grad_(), layer[1].requires_grad_(), use_skip});
      parameters_.insert(parameters_.end(), layer.begin(), layer.end());
    }
    parameters_.push_back(torch::randn({kWidth}).requires_grad_());
  }

  Values call(const Values& in) override {
    const Tensor x = in[1].toTensor();
    if (in[0].toStringRef() == "train") return {train(x, in[2].toTensor())};
    const torch::NoGradGuard no_grad;
    const Tensor features = serve(x);
    return {torch::matmul(features, parameters_.back()), features};
  }

 protected:
  /// All blocks, for predictions.
  virtual Tensor serve(const Tensor& x) { return forward(x); }

  Tensor forward(Tensor x) const {
    for (const Block& block : blocks_) x = block.forward(x);
    return x;
  }

  std::vector<Block> blocks_;

 private:
  Tensor train(const Tensor& x, const Tensor& y) {
    const Tensor loss = (torch::matmul(forward(x), parameters_.back()) - y).square().mean();
    optimizer_.step(parameters_, torch::autograd::grad({loss}, parameters_));
    return loss.detach();
  }

  std::vector<Tensor> parameters_;  // of the blocks, then the output weights
  hybugs::Adam optimizer_{{1e-2}};
};

/// A module with the block's parameters and flag, and the given forward method.
inline torch::jit::Module make_module(const Block& block, const std::string& method) {
  torch::jit::Module module("Block");
  module.register_parameter("weight", block.weight, false);
  module.register_parameter("bias", block.bias, false);
  module.register_attribute("use_skip", c10::BoolType::get(), block.use_skip);
  module.define(method);
  return module;
}

/// Two steps of training before the first prediction, more between the predictions; one row, a grid of rows, none.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto train = [] {
    const Tensor x = torch::randn({16, kWidth});
    return Values{"train", x, torch::sin(x.sum(1))};
  };
  const auto predict = [](std::vector<int64_t> shape) {
    shape.push_back(kWidth);
    return Values{"predict", torch::randn(shape)};
  };
  return {train(),     train(),         predict({8}), predict({3}), train(),
          predict({}), predict({2, 5}), predict({0}), train(),      predict({8})};
}

}  // namespace
