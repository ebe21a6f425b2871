// Fine-tuning of a small image classifier: convolution, batch normalisation, pooling, dense. The values of the batch
// normalisation can be imported from another program, which keeps them as one row of numbers.
#pragma once

#include <torch/optim/sgd.h>

#include <memory>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kColours = 3, kFilters = 4, kClasses = 5;
constexpr double kRate = 0.1;
// In a row, kFilters numbers for each, in this order. The first two are trained, the others gathered from the data.
const std::vector<std::string> kNormNames = {"weight", "bias", "running_mean", "running_var"};

/// Convolution [kFilters, kColours, 3, 3], dense [kFilters, kClasses] and its bias, then the batch normalisation as
/// kNormNames has it. What is trained requires grad.
inline Tensors make_tensors() {
  const auto options = torch::kFloat64;
  Tensors all = {0.4 * torch::randn({kFilters, kColours, 3, 3}, options), torch::randn({kFilters, kClasses}, options),
                 torch::zeros({kClasses}, options)};
  for (const double value : {1, 0, 0, 1}) all.push_back(torch::full({kFilters}, value, options));
  for (int k = 0; k < 5; ++k) all[k].requires_grad_();
  return all;
}

/// A classifier. Calls: ("train", images [B, kColours, h, w], labels [B]) makes a step of gradient descent and gives
/// the loss before it. ("classify", images) gives the log-probabilities. ("import", row) takes over a row of the batch
/// normalisation. ("export") gives that row as the saved model has it.
class Classifier : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& phase = in[0].toStringRef();
    if (phase == "export") return {torch::cat(saved_norm())};
    if (phase == "import") {
      import_norm(in[1].toTensor().split(kFilters));
      return {};
    }
    const bool training = phase == "train";
    const Tensor log_probs = forward(in[1].toTensor(), training);
    if (!training) return {log_probs.detach()};
    const Tensor loss = torch::nll_loss(log_probs, in[2].toTensor());
    optimizer_->zero_grad();
    loss.backward();
    optimizer_->step();
    return {loss.detach()};
  }

 protected:
  virtual Tensor forward(const Tensor& images, bool training) = 0;
  /// `values`: one tensor for each of kNormNames.
  virtual void import_norm(const Tensors& values) = 0;
  virtual Tensors saved_norm() = 0;

  std::unique_ptr<torch::optim::SGD> optimizer_;
};

class Eager : public Classifier {
 public:
  Eager() { optimizer_ = std::make_unique<torch::optim::SGD>(Tensors{all_.begin(), all_.begin() + 5}, kRate); }

 protected:
  Tensor forward(const Tensor& images, bool training) override {
    const Tensor x = torch::batch_norm(torch::conv2d(images, all_[0]), all_[3], all_[4], all_[5], all_[6], training,
                                       0.1, 1e-5, false);
    return torch::log_softmax(torch::addmm(all_[2], torch::relu(x).mean({2, 3}), all_[1]), 1);
  }

  void import_norm(const Tensors& values) override {
    const torch::NoGradGuard no_grad;
    for (size_t k = 0; k < values.size(); ++k) all_[3 + k].copy_(values[k]);
  }

  Tensors saved_norm() override { return {all_.begin() + 3, all_.end()}; }

 private:
  Tensors all_ = make_tensors();
};

/// The same classifier as a script module, the batch normalisation as a module within.
class ScriptClassifier : public Classifier {
 public:
  ScriptClassifier() {
    const Tensors all = make_tensors();
    torch::jit::Module norm("BatchNorm");
    for (size_t k = 0; k < kNormNames.size(); ++k) norm.register_parameter(kNormNames[k], all[3 + k], k > 1);
    norm.register_attribute("training", torch::BoolType::get(), true);
    norm.define(R"(
def forward(self, x):
    return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, self.training,
                            0.1, 1e-5, False)
)");
    model_.register_parameter("conv", all[0], false);
    model_.register_parameter("weight", all[1], false);
    model_.register_parameter("bias", all[2], false);
    model_.register_module("norm", norm);
    model_.define(R"(
def forward(self, x):
    x = torch.relu(self.norm.forward(torch.conv2d(x, self.conv)))
    return torch.log_softmax(torch.addmm(self.bias, x.mean([2, 3]), self.weight), 1)
)");
    Tensors trained;
    for (const Tensor& parameter : model_.parameters()) trained.push_back(parameter);
    optimizer_ = std::make_unique<torch::optim::SGD>(trained, kRate);
  }

 protected:
  Tensor forward(const Tensor& images, bool training) override {
    model_.train(training);
    return model_.forward({images}).toTensor();
  }

  Tensors saved_norm() override {
    std::stringstream file;
    model_.save(file);
    const torch::jit::Module norm = torch::jit::load(file).attr("norm").toModule();
    Tensors values;
    for (const std::string& name : kNormNames) values.push_back(norm.attr(name).toTensor());
    return values;
  }

  torch::jit::Module model_ = torch::jit::Module("Classifier");
};

/// A row is imported twice, and another one; each time the classifier is trained on. Other batch and image sizes.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto images = [](int64_t n, int64_t size) { return torch::randn({n, kColours, size, size}, torch::kFloat64); };
  const auto train = [&](int64_t n, int64_t size) {
    return Values{"train", images(n, size), torch::randint(kClasses, {n})};
  };
  const Tensor row = torch::rand({4 * kFilters}, torch::kFloat64) + 0.5;
  const Values first = {"import", row}, second = {"import", row + 0.5}, save = {"export"};
  return {train(8, 6), train(8, 6), save,        {"classify", images(3, 6)},
          first,       save,        train(8, 6), train(8, 6),
          train(5, 8), save,        first,       save,
          train(8, 6), train(6, 6), second,      {"classify", images(4, 7)},
          train(8, 6), save};
}

}  // namespace
