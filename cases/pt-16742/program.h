// A small classifier with dropout in a service that trains it, evaluates it, writes it to files and goes on with a
// file.
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

constexpr int64_t kFeatures = 6;
constexpr int64_t kHidden = 16;
constexpr int64_t kClasses = 3;
constexpr double kDropout = 0.5;
constexpr double kRate = 0.5;

/// Weight and bias of the hidden layer, then of the output layer.
inline Tensors initial_weights() {
  const auto uniform = [](int64_t inputs, at::IntArrayRef shape) {
    const Tensor drawn = 2 * torch::rand(shape, torch::kFloat64) - 1;
    return (drawn / std::sqrt(static_cast<double>(inputs))).requires_grad_();
  };
  return {uniform(kFeatures, {kHidden, kFeatures}), uniform(kFeatures, {kHidden}),
          uniform(kHidden, {kClasses, kHidden}), uniform(kHidden, {kClasses})};
}

/// Calls: {"train", x [n, features], y [n]} switches to training mode and makes a step of gradient descent; outputs the
/// loss. {"mode", training} switches the mode. {"predict", x} outputs the probabilities in the current mode.
/// {"save", file} writes the model, {"load", file} goes on with the model of the file as it was when it was written.
class Service : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const std::string& what = inputs[0].toStringRef();
    if (what == "train") return {train_step(inputs[1].toTensor(), inputs[2].toTensor())};
    if (what == "predict") {
      const torch::NoGradGuard no_grad;
      return {torch::softmax(logits(inputs[1].toTensor()), 1)};
    }
    if (what == "mode") set_training(inputs[1].toBool());
    if (what == "save") files_[inputs[1].toStringRef()] = written();
    if (what == "load") read(files_.at(inputs[1].toStringRef()));
    return {};
  }

 protected:
  virtual Tensor logits(const Tensor& x) = 0;
  virtual Tensors weights() const = 0;
  virtual void set_training(bool training) = 0;
  /// The bytes of a file that holds the model.
  virtual std::string written() const = 0;
  /// Goes on with the model of a file.
  virtual void read(const std::string& bytes) = 0;

 private:
  Tensor train_step(const Tensor& x, const Tensor& y) {
    set_training(true);
    const Tensor loss = -torch::log_softmax(logits(x), 1).gather(1, y.unsqueeze(1)).mean();
    const Tensors all = weights();
    const Tensors gradients = torch::autograd::grad({loss}, all);
    const torch::NoGradGuard no_grad;
    for (size_t i = 0; i < all.size(); ++i) all[i].sub_(kRate * gradients[i]);
    return loss.detach();
  }

  std::map<std::string, std::string> files_;
};

class Eager : public Service {
  Tensor logits(const Tensor& x) override {
    const Tensor hidden = torch::relu(torch::linear(x, weights_[0], weights_[1]));
    return torch::linear(torch::dropout(hidden, kDropout, training_), weights_[2], weights_[3]);
  }

  Tensors weights() const override { return weights_; }
  void set_training(bool training) override { training_ = training; }

  std::string written() const override {
    const std::vector<char> bytes = torch::jit::pickle_save(c10::ivalue::Tuple::create(weights_, training_));
    return {bytes.begin(), bytes.end()};
  }

  void read(const std::string& bytes) override {
    const auto state = torch::jit::pickle_load({bytes.begin(), bytes.end()}).toTuple();
    weights_ = state->elements()[0].toTensorVector();
    for (Tensor& weight : weights_) weight = weight.detach().requires_grad_();
    training_ = state->elements()[1].toBool();
  }

  Tensors weights_ = initial_weights();
  bool training_ = true;
};

/// Training, evaluation and a release file; the release serves, is trained on, and a checkpoint is taken meanwhile.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto x = [](int64_t n) { return torch::randn({n, kFeatures}, torch::kFloat64); };
  const auto train = [&](int64_t n) { return Values{"train", x(n), torch::randint(kClasses, {n})}; };
  const auto mode = [](bool training) { return Values{"mode", training}; };
  const auto predict = [&](int64_t n) { return Values{"predict", x(n)}; };
  const auto save = [](const char* file) { return Values{"save", file}; };
  const auto load = [](const char* file) { return Values{"load", file}; };
  return {train(16),   train(16),  mode(false), predict(5), save("a"),  load("a"), predict(5),
          predict(1),  mode(true), predict(4),  load("a"),  predict(8), train(12), save("b"),
          mode(false), predict(3), load("b"),   predict(6), train(16),  predict(7)};
}

}  // namespace
