// A small convolutional classifier is trained in one place and serves in another; between them is a file.
#pragma once

#include <cmath>
#include <map>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kChannels = 8;
constexpr int64_t kClasses = 5;
constexpr double kRate = 0.1;
const std::vector<std::string> kNames = {"kernel0", "bias0", "kernel1", "bias1", "weight", "bias"};

/// The parameters in the order of kNames: two convolutions and a dense layer.
inline Tensors initial_parameters() {
  const auto uniform = [](double inputs, at::IntArrayRef shape) {
    return ((2 * torch::rand(shape) - 1) / std::sqrt(inputs)).requires_grad_();
  };
  return {uniform(27, {kChannels, 3, 3, 3}),         uniform(27, {kChannels}),
          uniform(72, {kChannels, kChannels, 3, 3}), uniform(72, {kChannels}),
          uniform(8, {kClasses, kChannels}),         uniform(8, {kClasses})};
}

/// Images [n, 3, h, w] -> scores [n, classes].
inline Tensor classify(const Tensor& x, const Tensors& w) {
  const Tensor edges = torch::relu(torch::conv2d(x, w[0], w[1], 1, 1));
  const Tensor shapes = torch::relu(torch::conv2d(edges, w[2], w[3], 2, 1));
  return torch::linear(shapes.mean({2, 3}), w[4], w[5]);
}

/// The same as a module; it shares the parameters.
inline torch::jit::Module scripted(const Tensors& w) {
  torch::jit::Module module("Classifier");
  for (size_t i = 0; i < w.size(); ++i) module.register_parameter(kNames[i], w[i], /*is_buffer=*/false);
  module.register_attribute("training", c10::BoolType::get(), true);
  module.define(R"(
def forward(self, x):
    edges = torch.relu(torch.conv2d(x, self.kernel0, self.bias0, [1, 1], [1, 1]))
    shapes = torch.relu(torch.conv2d(edges, self.kernel1, self.bias1, [2, 2], [1, 1]))
    return torch.linear(torch.mean(shapes, [2, 3]), self.weight, self.bias)
)");
  return module;
}

/// Calls: {"train", x, y [n]} makes a step of gradient descent and outputs the loss; {"validate", x} outputs the scores
/// of the model in training. {"export", file} writes it to a file, {"start", file} starts the server with a file,
/// {"serve", x} outputs the server's scores.
class Service : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const std::string& what = inputs[0].toStringRef();
    if (what == "train") return {train_step(inputs[1].toTensor(), inputs[2].toTensor())};
    const torch::NoGradGuard no_grad;
    if (what == "validate") return {scores(inputs[1].toTensor())};
    if (what == "serve") return {served_scores(inputs[1].toTensor())};
    if (what == "export") files_[inputs[1].toStringRef()] = exported();
    if (what == "start") start_server(files_.at(inputs[1].toStringRef()));
    return {};
  }

 protected:
  virtual Tensor scores(const Tensor& x) = 0;
  /// The bytes of a file that holds the model.
  virtual std::string exported() = 0;
  virtual void start_server(const std::string& bytes) = 0;
  virtual Tensor served_scores(const Tensor& x) = 0;

  const Tensors parameters_ = initial_parameters();

 private:
  Tensor train_step(const Tensor& x, const Tensor& y) {
    const Tensor loss = -torch::log_softmax(scores(x), 1).gather(1, y.unsqueeze(1)).mean();
    const Tensors gradients = torch::autograd::grad({loss}, parameters_);
    const torch::NoGradGuard no_grad;
    for (size_t i = 0; i < parameters_.size(); ++i) parameters_[i].sub_(kRate * gradients[i]);
    return loss.detach();
  }

  std::map<std::string, std::string> files_;
};

class Eager : public Service {
  Tensor scores(const Tensor& x) override { return classify(x, parameters_); }

  std::string exported() override {
    const std::vector<char> bytes = torch::jit::pickle_save(parameters_);
    return {bytes.begin(), bytes.end()};
  }

  void start_server(const std::string& bytes) override {
    served_ = torch::jit::pickle_load({bytes.begin(), bytes.end()}).toTensorVector();
  }

  Tensor served_scores(const Tensor& x) override { return classify(x, served_); }

  Tensors served_;
};

/// Training, a first release, more training while it serves, a second release, and the first one again.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto train = [](int64_t n) {
    return Values{"train", torch::randn({n, 3, 8, 8}), torch::randint(kClasses, {n})};
  };
  const auto on = [](const char* what, int64_t n, int64_t size) {
    return Values{what, torch::randn({n, 3, size, size})};
  };
  const auto file = [](const char* what, const char* name) { return Values{what, name}; };
  return {train(8),
          train(8),
          on("validate", 4, 8),
          file("export", "a"),
          file("start", "a"),
          on("serve", 4, 8),
          on("serve", 1, 12),
          train(8),
          on("serve", 2, 8),
          file("export", "b"),
          on("validate", 2, 8),
          file("start", "b"),
          on("serve", 4, 8),
          file("start", "a"),
          on("serve", 3, 10)};
}

}  // namespace
