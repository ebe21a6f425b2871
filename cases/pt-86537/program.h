// Architecture search without training: each call builds one random LeakyReLU network, scores it on a batch from the
// separability of its activation patterns, and drops it unless it is the best so far.
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "harness/sdk/program.h"

namespace {

using torch::Tensor;

constexpr int64_t kFeatures = 6;
constexpr double kRidge = 1e-2;  // keeps the kernel regular when two samples share all patterns

/// A candidate's linear layers, one for each block and the head: weight[k] [in, out], bias[k] [out].
struct Network {
  std::vector<Tensor> weight;
  std::vector<Tensor> bias;
};

/// Fresh weights, uniform within 1 / sqrt(inputs), as torch::nn::Linear starts.
inline Network make_network(int64_t depth, int64_t width) {
  Network network;
  for (int64_t k = 0; k <= depth; ++k) {
    const int64_t in = k == 0 ? kFeatures : width;
    const int64_t out = k == depth ? 1 : width;
    const double bound = 1.0 / std::sqrt(static_cast<double>(in));
    network.weight.push_back((2 * torch::rand({in, out}, torch::kFloat64) - 1) * bound);
    network.bias.push_back((2 * torch::rand({out}, torch::kFloat64) - 1) * bound);
  }
  return network;
}

/// Agreeing less differing units of a block for each pair of samples, active or not: h [n, width] -> [n, n].
inline Tensor pattern_agreement(const Tensor& h) {
  const Tensor pattern = torch::sign(h);
  return torch::mm(pattern, pattern.t());
}

/// x [n, kFeatures] -> prediction [n] and the agreement summed over all blocks [n, n].
inline std::vector<Tensor> forward(const Network& network, const Tensor& x) {
  const size_t depth = network.weight.size() - 1;
  Tensor h = torch::leaky_relu(torch::addmm(network.bias[0], x, network.weight[0]));
  Tensor kernel = pattern_agreement(h);
  for (size_t k = 1; k < depth; ++k) {
    h = torch::leaky_relu(torch::addmm(network.bias[k], h, network.weight[k]));
    kernel = kernel + pattern_agreement(h);
  }
  return {torch::addmm(network.bias[depth], h, network.weight[depth]).squeeze(1), kernel};
}

/// Log-determinant of the kernel: high where the untrained network tells the samples apart.
inline double score_of(const Tensor& kernel) {
  const Tensor ridge = kRidge * torch::eye(kernel.size(0), torch::kFloat64);
  return torch::logdet(kernel / kernel.max() + ridge).item().toDouble();
}

/// A candidate that can be evaluated: x -> {prediction, kernel}.
using Candidate = std::function<std::vector<Tensor>(const Tensor&)>;

/// Random search. Inputs: depth, width, x [n, kFeatures]. Outputs: the candidate's prediction and score; the best
/// candidate so far: its score, depth and width, and its prediction for this batch.
class Search : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const int64_t depth = inputs[0].toInt();
    const int64_t width = inputs[1].toInt();
    const Tensor x = inputs[2].toTensor();
    const Candidate candidate = make_candidate(make_network(depth, width), x);
    const std::vector<Tensor> result = candidate(x);
    const double score = score_of(result[1]);
    if (score > best_score_) {
      best_ = candidate;
      best_score_ = score;
      best_depth_ = depth;
      best_width_ = width;
    }
    return {result[0], score, best_score_, best_depth_, best_width_, best_(x)[0]};
  }

 protected:
  virtual Candidate make_candidate(const Network& network, const Tensor& example) = 0;

 private:
  Candidate best_;
  double best_score_ = -std::numeric_limits<double>::infinity();
  int64_t best_depth_ = 0;
  int64_t best_width_ = 0;
};

class Eager : public Search {
 protected:
  Candidate make_candidate(const Network& network, const Tensor& /*example*/) override {
    return [network](const Tensor& x) { return forward(network, x); };
  }
};

/// A module of its own for the candidate, registered in `unit`; its forward is recorded on `example`.
inline Candidate traced_candidate(const std::shared_ptr<torch::jit::CompilationUnit>& unit, const Network& network,
                                  const Tensor& example) {
  torch::jit::Module module(c10::QualifiedName("search.Candidate"), unit, /*shouldMangle=*/true);
  for (size_t k = 0; k < network.weight.size(); ++k) {
    module.register_buffer("weight" + std::to_string(k), network.weight[k]);
    module.register_buffer("bias" + std::to_string(k), network.bias[k]);
  }
  const auto record = [&](const torch::jit::Stack& in) {
    const std::vector<Tensor> result = forward(network, in[0].toTensor());
    return torch::jit::Stack{c10::ivalue::Tuple::create(result[0], result[1])};
  };
  const auto traced = torch::jit::tracer::trace(
      {example}, record, [](const torch::autograd::Variable&) { return std::string(); }, /*strict=*/true,
      /*force_outplace=*/false, &module);
  const c10::QualifiedName method(*module.type()->name(), "forward");
  module.type()->addMethod(unit->create_function(method, traced.first->graph));
  return [module](const Tensor& x) mutable {
    const auto result = module.forward({x}).toTuple();
    return std::vector<Tensor>{result->elements()[0].toTensor(), result->elements()[1].toTensor()};
  };
}

/// Architectures of similar size in turn; some return with fresh weights. The last batches are larger.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (int64_t i = 0; i < 20; ++i) {
    const int64_t depth = 3 + i % 3;
    const int64_t width = 8 + 4 * (i % 4);
    calls.push_back({depth, width, torch::randn({i < 16 ? 8 : 12, kFeatures}, torch::kFloat64)});
  }
  return calls;
}

}  // namespace
