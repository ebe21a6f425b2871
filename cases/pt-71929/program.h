// A small image classifier with dropout that is trained, exported to a file and then used from there: for answers, and
// for an estimate of how sure they are.
#pragma once

#include <cmath>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using torch::Tensor;

constexpr int64_t kSide = 10;
constexpr int64_t kHidden = 16;
constexpr int64_t kClasses = 4;
constexpr double kDropout = 0.5;
constexpr int kSamples = 8;  // draws for the estimate
constexpr double kRate = 0.2;
constexpr const char* kNames[] = {"weight1", "bias1", "weight2", "bias2"};

/// Images [B, 1, kSide, kSide] and the four parameters -> logits [B, kClasses].
inline Tensor network(const Tensor& images, const std::vector<Tensor>& w, bool training) {
  const Tensor hidden = torch::relu(torch::addmm(w[1], images.flatten(1), w[0]));
  return torch::addmm(w[3], torch::dropout(hidden, kDropout, training), w[2]);
}

/// A module with the parameters and the mode, without methods; a fresh module is in training mode.
inline torch::jit::Module make_module(const std::vector<Tensor>& w) {
  torch::jit::Module module("__torch__.Classifier");
  for (std::size_t i = 0; i < w.size(); ++i) module.register_parameter(kNames[i], w[i].clone(), false);
  module.register_attribute("training", c10::BoolType::get(), true);
  return module;
}

/// What is read back from the file that `module` was written to.
inline torch::jit::Module through_file(const torch::jit::Module& module) {
  std::stringstream file;
  module.save(file);
  return torch::jit::load(file);
}

/// Calls: {"train", images, labels [B]} makes a step of gradient descent and returns the loss. {"export"} puts the
/// network as it is into service. {"predict", images} returns the exported network's logits and classes. {"estimate",
/// images} returns mean and standard deviation of its logits over draws in training mode.
class Classifier : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const std::string& phase = inputs[0].toStringRef();
    if (phase == "train") return {train(inputs[1].toTensor(), inputs[2].toTensor())};
    const torch::NoGradGuard no_grad;
    if (phase == "export") {
      deploy(w_);
      return {true};
    }
    if (phase == "predict") {
      const Tensor logits = run(inputs[1].toTensor(), false);
      return {logits, logits.argmax(1)};
    }
    std::vector<Tensor> draws;
    for (int i = 0; i < kSamples; ++i) draws.push_back(run(inputs[1].toTensor(), true));
    return {torch::stack(draws).mean(0), torch::stack(draws).std(0)};
  }

 protected:
  /// Takes the network with these parameters into service, instead of the last one.
  virtual void deploy(const std::vector<Tensor>& w) = 0;
  /// The deployed network's logits for images, with dropout (training) or without.
  virtual Tensor run(const Tensor& images, bool training) = 0;

 private:
  Tensor train(const Tensor& images, const Tensor& labels) {
    std::vector<Tensor> leaves;
    for (const Tensor& w : w_) leaves.push_back(w.detach().requires_grad_());
    const Tensor log_probs = torch::log_softmax(network(images, leaves, true), 1);
    const Tensor loss = -log_probs.gather(1, labels.unsqueeze(1)).mean();
    const auto gradients = torch::autograd::grad({loss}, leaves);
    for (std::size_t i = 0; i < w_.size(); ++i) w_[i] = w_[i] - kRate * gradients[i];
    return loss.detach();
  }

  static Tensor weights(int64_t in, int64_t out) {
    return torch::randn({in, out}, torch::kFloat64) / std::sqrt(static_cast<double>(in));
  }

  std::vector<Tensor> w_ = {weights(kSide * kSide, kHidden), weights(1, kHidden), weights(kHidden, kClasses),
                            weights(1, kClasses)};
};

class Eager : public Classifier {
 protected:
  void deploy(const std::vector<Tensor>& w) override { deployed_ = w; }
  Tensor run(const Tensor& images, bool training) override { return network(images, deployed_, training); }

 private:
  std::vector<Tensor> deployed_;
};

/// Training, export, estimates and answers for batches of several sizes; then more training and a second export.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto images = [](int64_t batch) { return torch::rand({batch, 1, kSide, kSide}, torch::kFloat64); };
  const auto labels = [](int64_t batch) { return torch::randint(kClasses, {batch}); };
  return {{"train", images(8), labels(8)},
          {"train", images(8), labels(8)},
          {"export"},
          {"estimate", images(3)},
          {"predict", images(1)},
          {"predict", images(5)},
          {"estimate", images(2)},
          {"train", images(8), labels(8)},
          {"predict", images(2)},
          {"export"},
          {"predict", images(2)},
          {"estimate", images(4)},
          {"predict", images(4)}};
}

}  // namespace
