// Training of a chess network: a residual tower with squeeze-and-excitation, a policy head over moves, a value head for
// win, draw and loss. Batches come without end from one iterator for training and one for tests.
#pragma once

#include <cmath>
#include <vector>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kPlanes = 12, kFilters = 8, kSqueezed = 4, kMoves = 96;
constexpr double kQRatio = 0.2, kRate = 0.02;
constexpr size_t kData = 4;  // inputs of a step before the weights: positions, move targets, results, search values

/// Gives the batches of a data set in order, again from the beginning behind the last one. The data: positions
/// [n, B, planes, 64], move targets [n, B, moves], game results and search values [n, B, 3].
struct DataIterator {
  Values next() {
    Values batch;
    for (const auto& part : data) batch.emplace_back(part.toTensor()[position].clone());
    position = (position + 1) % data[0].toTensor().size(0);
    return batch;
  }

  Values data;
  int64_t position = 0;
};

/// The network over its weights, used up in order from `next` on.
struct Net {
  const Values& weights;
  bool training;
  size_t next;

  /// Positions [B, planes, 64] -> logits of the moves [B, moves], logits of win, draw, loss [B, 3].
  std::pair<Tensor, Tensor> operator()(const Tensor& positions) {
    auto flow = conv_block(positions.view({-1, kPlanes, 8, 8}), 1).relu();
    const auto outer = conv_block(conv_block(flow, 1).relu(), 1);
    const auto excited = dense(dense(outer.mean({2, 3})).relu()).unsqueeze(2).unsqueeze(3).chunk(2, 1);
    flow = (flow + excited[0].sigmoid() * outer + excited[1]).relu();
    const auto policy = dense(conv_block(flow, 0).relu().flatten(1));
    const auto value = dense(conv_block(flow, 0).relu().flatten(1)).relu();
    return {policy, dense(value)};
  }

  Tensor take() { return weights[next++].toTensor(); }

  Tensor dense(const Tensor& x) {
    const Tensor kernel = take(), bias = take();
    return torch::addmm(bias, x, kernel.t());
  }

  Tensor conv_block(const Tensor& x, int64_t padding) {
    const auto conv = torch::conv2d(x, take(), {}, 1, padding);
    const Tensor gamma = take(), beta = take(), mean = take(), variance = take();
    return torch::batch_norm(conv, gamma, beta, mean, variance, training, 0.01, 1e-3, false);
  }
};

inline Tensor cross_entropy(const Tensor& target, const Tensor& output) {
  return -(target * output.log_softmax(1)).sum(1).mean();
}

/// Inputs: a batch, then the weights. Outputs: losses of policy (illegal moves have a target of -1) and value, squared
/// error of the score, regularisation of the kernels.
inline Values losses(const Values& in, bool training) {
  const auto [policy, value] = Net{in, training, kData}(in[0].toTensor());
  const Tensor target = in[3].toTensor() * kQRatio + in[2].toTensor() * (1 - kQRatio);
  const Tensor error = target - value.softmax(1);
  const Tensor mse = (error.select(1, 0) - error.select(1, 2)).square().mean() / 4;
  Tensor reg = torch::zeros({}, torch::kFloat64);
  for (size_t i = kData; i < in.size(); ++i) {
    if (in[i].toTensor().dim() > 1) reg = reg + 0.5e-4 * in[i].toTensor().square().sum();
  }
  return {cross_entropy(in[1].toTensor().relu(), policy), cross_entropy(target, value), mse, reg};
}

/// Calls: ("data", training set, test set: four tensors each) starts the iterators. ("train", splits) takes a step on
/// as many batches; ("test", batches) tests. Both give the mean of each loss, [4].
class Training : public hybugs::Program {
 public:
  Training() {
    const int64_t f = kFilters;
    const std::vector<std::vector<int64_t>> shapes = {
        {f, kPlanes, 3, 3}, {f, f, 3, 3},     {f, f, 3, 3}, {kSqueezed, f}, {2 * f, kSqueezed},
        {f, f, 1, 1},       {kMoves, f * 64}, {f, f, 1, 1}, {16, f * 64},   {3, 16}};
    for (const auto& shape : shapes) {
      const auto kernel = torch::randn(shape, torch::kFloat64), zeros = torch::zeros({shape[0]}, torch::kFloat64);
      add(kernel / std::sqrt(static_cast<double>(kernel[0].numel())), true);
      if (shape.size() == 4) add(zeros + 1, true);
      add(zeros.clone(), true);
      if (shape.size() == 2) continue;
      add(zeros, false);
      add(zeros + 1, false);
    }
  }

  Values call(const Values& in) override {
    if (in[0].toStringRef() == "data") {
      train_iter_.data.assign(in.begin() + 1, in.begin() + 5);
      test_iter_.data.assign(in.begin() + 5, in.end());
      return {};
    }
    const bool training = in[0].toStringRef() == "train";
    const torch::AutoGradMode grad_mode(training);
    Tensor sums = torch::zeros({4}, torch::kFloat64);
    for (int64_t i = 0; i < in[1].toInt(); ++i) {
      std::vector<Tensor> parts;
      for (const auto& loss : training ? process_inner_loop() : test_inner_loop()) parts.push_back(loss.toTensor());
      sums = sums + torch::stack(parts).detach();
      if (training) (parts[0] + parts[1] + parts[3]).backward();  // the gradients of the splits add up
    }
    const torch::NoGradGuard no_grad;
    for (size_t i = 0; i < trained_.size() && training; ++i) {
      Tensor& gradient = trained_[i].mutable_grad();
      momenta_[i] = 0.9 * momenta_[i] - kRate / in[1].toInt() * gradient;
      trained_[i].add_(0.9 * momenta_[i] - kRate / in[1].toInt() * gradient);  // Nesterov's momentum
      gradient.zero_();
    }
    return {sums / in[1].toInt()};
  }

 protected:
  /// losses() of the next batch of training, or of the test.
  virtual Values process_inner_loop() = 0;
  virtual Values test_inner_loop() = 0;

  DataIterator train_iter_, test_iter_;
  Values weights_;  // of each layer: kernel, for convolutions gamma, offset, for convolutions mean and variance

 private:
  void add(const Tensor& weight, bool trained) {
    weights_.emplace_back(weight);
    if (trained) trained_.push_back(weight.requires_grad_());
    if (trained) momenta_.push_back(torch::zeros_like(weight));
  }

  std::vector<Tensor> trained_, momenta_;
};

inline Values join(Values batch, const Values& weights) {
  batch.insert(batch.end(), weights.begin(), weights.end());
  return batch;
}

class Eager : public Training {
  Values process_inner_loop() override { return losses(join(train_iter_.next(), weights_), true); }
  Values test_inner_loop() override { return losses(join(test_iter_.next(), weights_), false); }
};

/// Steps of one, two and three splits with tests in between; the sets have four and three batches.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto options = torch::kFloat64;
  Values data = {"data"};
  for (const int64_t n : {4, 3}) {
    const auto x = torch::rand({n, 3, kPlanes, 64}, options) < 0.2;
    const auto visits = (torch::rand({n, 3, kMoves}, options) - 0.7).relu();
    const auto y = torch::where(visits > 0, visits / visits.sum(2, true), torch::full_like(visits, -1.0));
    const auto z = torch::one_hot(torch::randint(3, {n, 3}, torch::kInt64), 3).to(options);
    for (const auto& part : {x.to(options), y, z, torch::randn({n, 3, 3}, options).softmax(2)}) data.push_back(part);
  }
  return {data, {"train", 1}, {"test", 1}, {"train", 1}, {"test", 2}, {"train", 2}, {"test", 3}, {"train", 3}};
}

}  // namespace
