// Training of a chess network, with tests on held-out positions in between: a residual tower with
// squeeze-and-excitation, a policy head over moves, a value head for win, draw and loss.
#pragma once

#include <algorithm>
#include <cmath>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kFilters = 16, kBlocks = 2, kSqueezed = 4;
constexpr int64_t kMovePlanes = 80, kMoves = 929;  // half of the real moves; 64 squares on a plane
constexpr double kLearningRate = 0.01, kQRatio = 0.2;

/// The network over its weights, used up in order from `position` on. The policy map, [outputs of the policy head,
/// moves], has a one where an output means a move.
struct Net {
  const Values& weights;
  const Tensor& policy_map;
  bool training;
  size_t position;

  /// Positions [batch, 112, 64] -> logits of the moves [batch, moves], logits of win, draw, loss [batch, 3].
  std::pair<Tensor, Tensor> operator()(const Tensor& positions) {
    auto flow = conv_block(positions.view({-1, 112, 8, 8}), 1).relu();
    for (int64_t i = 0; i < kBlocks; ++i) {
      const auto inner = conv_block(flow, 1).relu();
      const auto outer = conv_block(inner, 1);
      const auto excited = dense(dense(outer.mean({2, 3})).relu()).unsqueeze(2).unsqueeze(3).chunk(2, 1);
      flow = (flow + excited[0].sigmoid() * outer + excited[1]).relu();
    }
    const Tensor head = conv_block(flow, 1).relu(), kernel = next(), bias = next();
    const auto policy = torch::conv2d(head, kernel, bias, 1, 1).flatten(1);
    const auto value = dense(conv_block(flow, 0).relu().flatten(1)).relu();
    return {torch::matmul(policy, policy_map.to(policy.scalar_type())), dense(value)};
  }

  Tensor next() { return weights[position++].toTensor(); }

  Tensor dense(const Tensor& x) {
    const Tensor kernel = next(), bias = next();
    return torch::addmm(bias, x, kernel.t());
  }

  /// Convolution without bias, then batch normalisation.
  Tensor conv_block(const Tensor& x, int64_t padding) {
    const auto conv = torch::conv2d(x, next(), {}, 1, padding);
    const Tensor gamma = next(), beta = next(), mean = next(), variance = next();
    return torch::batch_norm(conv, gamma, beta, mean, variance, training, 0.01, 1e-3, false);
  }
};

inline Tensor cross_entropy(const Tensor& target, const Tensor& output) {
  return -(target * output.log_softmax(1)).sum(1).mean();
}

/// Cross-entropy of the legal moves; illegal ones have a target of -1.
inline Tensor policy_loss(const Tensor& target, const Tensor& output) {
  return cross_entropy(target.relu(), torch::where(target >= 0, output, torch::full_like(output, -1e10)));
}

inline Tensor accuracy(const Tensor& target, const Tensor& output) {
  return (target.argmax(1) == output.argmax(1)).to(torch::kFloat64).mean();
}

/// Inputs: positions, targets of the policy [batch, moves], game results and search values [batch, 3]; weights.
/// Outputs: policy loss, value loss, squared error of the score, accuracy of policy and value.
inline Values test_inner_loop(const Values& in, const Tensor& policy_map) {
  const auto [policy, value] = Net{in, policy_map, false, 4}(in[0].toTensor());
  const auto moves = in[1].toTensor();
  const auto target = in[3].toTensor() * kQRatio + in[2].toTensor() * (1 - kQRatio);
  const auto error = target - value.softmax(1);
  const auto mse = (error.select(1, 0) - error.select(1, 2)).square().mean();
  const auto value_loss = cross_entropy(target, value);
  return {policy_loss(moves, policy), value_loss, mse, accuracy(moves, policy), accuracy(target, value)};
}

/// Calls take a phase and a batch as above. "train" takes a step and returns the loss; "test" returns the summaries.
class Training : public hybugs::Program {
 public:
  Training() {
    add({kFilters, 112, 3, 3}, kNormalised);
    for (int64_t i = 0; i < kBlocks; ++i) {
      for (int k = 0; k < 2; ++k) add({kFilters, kFilters, 3, 3}, kNormalised);
      add({kSqueezed, kFilters}, {0});
      add({2 * kFilters, kSqueezed}, {0});
    }
    add({kFilters, kFilters, 3, 3}, kNormalised);
    add({kMovePlanes, kFilters, 3, 3}, {0});
    add({kFilters, kFilters, 1, 1}, kNormalised);
    add({32, kFilters * 64}, {0});
    add({3, 32}, {0});
    const auto rows = torch::randperm(kMovePlanes * 64).narrow(0, 0, kMoves);
    policy_map_.index_put_({rows, torch::arange(kMoves)}, torch::ones({kMoves}));
  }

  Values call(const Values& inputs) override {
    Values in(inputs.begin() + 1, inputs.end());
    if (inputs[0].toStringRef() == "train") return {train(in)};
    in.insert(in.end(), weights_.begin(), weights_.end());
    return test(in, policy_map_);
  }

 private:
  virtual Values test(const Values& in, const Tensor& policy_map) = 0;

  /// Adds a kernel of shape [out, in, ...] and vectors [out] that start as the given numbers.
  void add(const std::vector<int64_t>& shape, const std::vector<double>& vectors) {
    for (size_t k = 0; k <= std::min<size_t>(vectors.size(), 2); ++k) trained_.push_back(weights_.size() + k);
    const auto kernel = torch::randn(shape, torch::kFloat64);
    weights_.emplace_back(kernel / std::sqrt(static_cast<double>(kernel[0].numel())));
    for (const double start : vectors) weights_.emplace_back(torch::full({shape[0]}, start, torch::kFloat64));
  }

  /// A step of gradient descent. Returns the loss.
  Tensor train(const Values& in) {
    Values leaves = weights_;
    std::vector<Tensor> trainable;
    for (auto i : trained_) leaves[i] = trainable.emplace_back(leaves[i].toTensor().detach().requires_grad_());
    const auto [policy, value] = Net{leaves, policy_map_, true, 0}(in[0].toTensor());
    const auto target = in[3].toTensor() * kQRatio + in[2].toTensor() * (1 - kQRatio);
    const auto loss = policy_loss(in[1].toTensor(), policy) + cross_entropy(target, value);
    const auto gradients = torch::autograd::grad({loss}, trainable);
    for (size_t k = 0; k < gradients.size(); ++k) {
      weights_[trained_[k]] = trainable[k].detach() - kLearningRate * gradients[k];
    }
    return loss.detach();
  }

  const std::vector<double> kNormalised = {1, 0, 0, 1};  // gamma, beta, moving mean, moving variance
  Values weights_;
  std::vector<size_t> trained_;  // which weights have gradients; moving statistics have none
  Tensor policy_map_ = torch::zeros({kMovePlanes * 64, kMoves});
};

class Eager : public Training {
  Values test(const Values& in, const Tensor& policy_map) override { return test_inner_loop(in, policy_map); }
};

/// Tests on 2 positions, and after more training on 2 and 3 positions.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto options = torch::kFloat64;
  hybugs::Scenario calls;
  for (const auto& [phase, batch] : std::vector<std::pair<std::string, int64_t>>{
           {"test", 2}, {"test", 2}, {"train", 4}, {"test", 2}, {"train", 4}, {"test", 3}}) {
    const auto x = torch::rand({batch, 112, 64}, options) < 0.2;
    const auto visits = (torch::rand({batch, kMoves}, options) - 0.95).relu();
    const auto y = torch::where(visits > 0, visits / visits.sum(1, true), torch::full_like(visits, -1.0));
    const auto z = torch::one_hot(torch::randint(3, {batch}, torch::kInt64), 3).to(options);
    calls.push_back({phase, x.to(options), y, z, torch::randn({batch, 3}, options).softmax(1)});
  }
  return calls;
}

}  // namespace
