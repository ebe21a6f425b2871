// A small convolutional network is retrained for another task: its features stay, its classifier learns. Files keep it.
#pragma once

#include <cmath>
#include <map>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kChannels = 8;
constexpr int64_t kExpanded = 16;
constexpr int64_t kClasses = 4;
constexpr double kRate = 0.2;

/// The parameters by their names: the parts of the network that lead to them, joined by dots.
using State = std::map<std::string, Tensor>;

inline State initial_state() {
  const auto uniform = [](at::IntArrayRef shape) {
    const double inputs = static_cast<double>(c10::multiply_integers(shape) / shape[0]);
    return (2 * torch::rand(shape, torch::kFloat64) - 1) * std::sqrt(3.0 / inputs);
  };
  State state = {{"features.0.weight", uniform({kChannels, 3, 3, 3})},
                 {"features.3.weight", uniform({kExpanded, kChannels, 1, 1})},
                 {"classifier.weight", uniform({kClasses, kExpanded}).requires_grad_()},
                 {"classifier.bias", torch::zeros({kClasses}, torch::kFloat64).requires_grad_()}};
  for (const std::string block : {"features.1.", "features.2."}) {
    state[block + "expand"] = uniform({kExpanded, kChannels, 1, 1});
    state[block + "depthwise"] = uniform({kExpanded, 1, 3, 3});
    state[block + "project"] = uniform({kChannels, kExpanded, 1, 1});
  }
  return state;
}

// The network's parts as scripts: a convolution that halves the image, an inverted residual block, all features in
// order, the classifier, the network.
constexpr const char* kConvolution = R"(
def forward(self, x):
    return torch.clamp(torch.conv2d(x, self.weight, None, [2, 2]), 0.0, 6.0)
)";
constexpr const char* kResidual = R"(
def forward(self, x):
    h = torch.clamp(torch.conv2d(x, self.expand), 0.0, 6.0)
    h = torch.clamp(torch.conv2d(h, self.depthwise, None, [1, 1], [1, 1], [1, 1], h.size(1)), 0.0, 6.0)
    return x + torch.conv2d(h, self.project)
)";
constexpr const char* kFeatures = R"(
def forward(self, x):
    x = getattr(self, "0").forward(x)
    x = getattr(self, "1").forward(x)
    x = getattr(self, "2").forward(x)
    return getattr(self, "3").forward(x)
)";
constexpr const char* kClassifier = R"(
def forward(self, x):
    return torch.linear(x, self.weight, self.bias)
)";
constexpr const char* kNetwork = R"(
def forward(self, x):
    return self.classifier.forward(torch.mean(self.features.forward(x), [2, 3]))
)";

/// Gives `part` its parameters: those of `state` whose names begin with `prefix`.
inline void register_parameters(torch::jit::Module& part, const std::string& prefix, const State& state) {
  for (const auto& [name, tensor] : state) {
    if (name.compare(0, prefix.size(), prefix) != 0) continue;
    part.register_parameter(name.substr(prefix.size()), tensor, /*is_buffer=*/false);
  }
}

/// Calls: {"classify", x [n, 3, h, w]} outputs the scores; {"retrain", x, y [n]} makes a step of gradient descent on
/// the classifier and outputs the loss; {"save", file} writes the network, {"load", file} goes on with the network of a
/// file, and both output the names of the parameters.
class Retraining : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const std::string& what = inputs[0].toStringRef();
    if (what == "classify") return {scores(inputs[1].toTensor()).detach()};
    if (what == "retrain") return {step(inputs[1].toTensor(), inputs[2].toTensor())};
    std::string& file = files_[inputs[1].toStringRef()];
    std::vector<std::string> names;
    if (what == "load") read(file);
    if (what == "save") file = written();
    for (const auto& parameter : state()) names.push_back(parameter.first);
    return {names};
  }

 protected:
  virtual Tensor scores(const Tensor& x) = 0;
  virtual State state() const = 0;
  /// The bytes of a file that holds the network.
  virtual std::string written() const = 0;
  /// Goes on with the network of a file.
  virtual void read(const std::string& bytes) = 0;

 private:
  Tensor step(const Tensor& x, const Tensor& y) {
    const Tensor loss = -torch::log_softmax(scores(x), 1).gather(1, y.unsqueeze(1)).mean();
    const State all = state();
    const std::vector<Tensor> learned = {all.at("classifier.weight"), all.at("classifier.bias")};
    const std::vector<Tensor> gradients = torch::autograd::grad({loss}, learned);
    const torch::NoGradGuard no_grad;
    for (size_t i = 0; i < learned.size(); ++i) learned[i].sub_(kRate * gradients[i]);
    return loss.detach();
  }

  std::map<std::string, std::string> files_;
};

class Eager : public Retraining {
  Tensor scores(const Tensor& x) override {
    const auto relu6 = [](const Tensor& h) { return torch::clamp(h, 0.0, 6.0); };
    Tensor h = relu6(torch::conv2d(x, state_.at("features.0.weight"), {}, 2));
    for (const std::string block : {"features.1.", "features.2."}) {
      const Tensor expanded = relu6(torch::conv2d(h, state_.at(block + "expand")));
      const Tensor filtered = relu6(torch::conv2d(expanded, state_.at(block + "depthwise"), {}, 1, 1, 1, kExpanded));
      h = h + torch::conv2d(filtered, state_.at(block + "project"));
    }
    h = relu6(torch::conv2d(h, state_.at("features.3.weight"), {}, 2)).mean({2, 3});
    return torch::linear(h, state_.at("classifier.weight"), state_.at("classifier.bias"));
  }

  State state() const override { return state_; }

  std::string written() const override {
    std::vector<Tensor> tensors;
    for (const auto& parameter : state_) tensors.push_back(parameter.second);
    const std::vector<char> bytes = torch::jit::pickle_save(tensors);
    return {bytes.begin(), bytes.end()};
  }

  void read(const std::string& bytes) override {
    size_t next = 0;
    const auto tensors = torch::jit::pickle_load({bytes.begin(), bytes.end()}).toTensorVector();
    for (auto& parameter : state_) parameter.second = tensors[next++];
  }

  State state_ = initial_state();
};

/// The network is used, retrained, written and read; the file serves, is retrained further, and read once more.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto image = [](int64_t n, int64_t size) { return torch::randn({n, 3, size, size}, torch::kFloat64); };
  const auto classify = [&](int64_t n, int64_t size) { return Values{"classify", image(n, size)}; };
  const auto retrain = [&](int64_t n) { return Values{"retrain", image(n, 12), torch::randint(kClasses, {n})}; };
  const auto save = [](const char* file) { return Values{"save", file}; };
  const auto load = [](const char* file) { return Values{"load", file}; };
  return {classify(2, 12), retrain(8),      retrain(8),      classify(2, 12), save("a"),  load("a"),
          classify(3, 12), classify(1, 20), retrain(8),      save("b"),       retrain(4), load("a"),
          classify(2, 12), load("b"),       classify(2, 16), retrain(6)};
}

}  // namespace
