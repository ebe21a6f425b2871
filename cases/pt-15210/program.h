// Self-play for a board game: several workers play at the same time with one network, which normalises the planes of a
// position by statistics of all positions seen so far, by every worker.
#pragma once

#include <algorithm>
#include <future>
#include <mutex>
#include <string>
#include <tuple>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::IValue;
using torch::Tensor;

constexpr int64_t kPlanes = 6, kFilters = 8;
/// Of each plane: count of fields, mean [kPlanes, 1, 1], sum of squared distances from the mean [kPlanes, 1, 1].
using Statistics = std::tuple<int64_t, Tensor, Tensor>;

inline Statistics no_statistics() {
  return {0, torch::zeros({kPlanes, 1, 1}, torch::kFloat64), torch::zeros({kPlanes, 1, 1}, torch::kFloat64)};
}

/// Convolution, policy head, value head.
inline std::vector<Tensor> make_weights() {
  const auto options = torch::kFloat64;
  return {0.3 * torch::randn({kFilters, kPlanes, 3, 3}, options), torch::randn({1, kFilters, 1, 1}, options),
          torch::randn({kFilters}, options)};
}

/// Runs work(0), work(1) ... in a thread each; returns when all are done.
template <typename Work>
void in_parallel(int64_t workers, const Work& work) {
  std::vector<std::future<void>> threads;
  for (int64_t k = 0; k < workers; ++k) threads.push_back(std::async(std::launch::async, work, k));
  for (auto& thread : threads) thread.get();
}

/// Calls: ("play", positions [rounds, workers, n, kPlanes, h, w]) and ("analyse", the same). In each round all workers
/// evaluate their positions, and when the last of them has, they record them; analysis records nothing. Outputs: the
/// statistics then, and of the last round log-probabilities of the moves [workers, n, h * w] and values [workers, n].
class SelfPlay : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    std::vector<Values> evaluations;
    for (const Tensor& positions : in[1].toTensor().unbind()) {
      const auto own = positions.unbind();
      evaluations = std::vector<Values>(own.size());
      in_parallel(positions.size(0), [&](int64_t k) { evaluations[k] = evaluate(own[k]); });
      if (in[0].toStringRef() == "analyse") continue;
      in_parallel(positions.size(0), [&](int64_t k) { record(own[k], evaluations[k]); });
    }
    const auto all = [&](size_t part) {
      std::vector<Tensor> parts;
      for (const Values& evaluation : evaluations) parts.push_back(evaluation[part].toTensor());
      return torch::stack(parts);
    };
    const auto [count, mean, squares] = statistics();
    return {count, mean, squares / std::max<int64_t>(count, 1), all(0), all(1)};
  }

 protected:
  /// A worker's evaluation of its positions: log-probabilities [n, h * w], values [n], and what else record() needs.
  virtual Values evaluate(const Tensor& x) = 0;
  /// Adds a worker's positions to the statistics.
  virtual void record(const Tensor& x, const Values& evaluation) = 0;
  virtual Statistics statistics() = 0;

  std::mutex mutex_;
};

class Eager : public SelfPlay {
 protected:
  Values evaluate(const Tensor& x) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto& [count, mean, squares] = statistics_;
    const Tensor planes = (x - mean) / torch::sqrt(squares / std::max<int64_t>(count, 1) + 0.01);
    const Tensor h = torch::relu(torch::conv2d(planes, weights_[0], {}, 1, 1));
    return {torch::log_softmax(torch::conv2d(h, weights_[1]).flatten(1), 1),
            torch::tanh(torch::matmul(h.mean({2, 3}), weights_[2]))};
  }

  void record(const Tensor& x, const Values& /*evaluation*/) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto [count, mean, squares] = statistics_;
    const Tensor fields = x.transpose(0, 1).flatten(1).unsqueeze(-1);
    const Tensor own = fields.mean(1, true), distances = (fields - own).square().sum(1, true);
    const int64_t n = fields.size(1), total = count + n;
    const double share = static_cast<double>(n) / static_cast<double>(total);
    statistics_ = {total, mean + (own - mean) * share, squares + distances + (own - mean).square() * count * share};
  }

  Statistics statistics() override { return statistics_; }

 private:
  std::vector<Tensor> weights_ = make_weights();
  Statistics statistics_ = no_statistics();
};

/// Plays with a script module that all workers share.
class ScriptSelfPlay : public SelfPlay {
 public:
  /// `text`: further methods of the module.
  explicit ScriptSelfPlay(const std::string& text) {
    const auto weights = make_weights();
    const auto [count, mean, squares] = no_statistics();
    for (int k = 0; k < 3; ++k) module_.register_buffer("w" + std::to_string(k), weights[k]);
    module_.register_attribute("count", torch::IntType::get(), count);
    module_.register_attribute("mean", torch::TensorType::get(), mean);
    module_.register_attribute("squares", torch::TensorType::get(), squares);
    module_.define(R"(
def statistics(self) -> Tuple[int, Tensor, Tensor]:
    return self.count, self.mean, self.squares

def store(self, statistics: Tuple[int, Tensor, Tensor]):
    self.count, self.mean, self.squares = statistics

def forward(self, x, statistics: Tuple[int, Tensor, Tensor]) -> Tuple[Tensor, Tensor]:
    count, mean, squares = statistics
    h = torch.relu(torch.conv2d((x - mean) / torch.sqrt(squares / max(count, 1) + 0.01), self.w0, padding=[1, 1]))
    policy = torch.log_softmax(torch.conv2d(h, self.w1).flatten(1), 1)
    return policy, torch.tanh(torch.matmul(h.mean([2, 3]), self.w2))

def joined(self, x, statistics: Tuple[int, Tensor, Tensor]) -> Tuple[int, Tensor, Tensor]:
    count, mean, squares = statistics
    fields = x.transpose(0, 1).flatten(1).unsqueeze(-1)
    own = fields.mean([1], True)
    n = fields.size(1)
    squares = squares + (fields - own).square().sum([1], True) + (own - mean).square() * count * (n / (count + n))
    return count + n, mean + (own - mean) * (n / (count + n)), squares
)" + text);
  }

 protected:
  /// Runs a method; the workers' calls come one after the other.
  IValue locked(const std::string& method, const Values& inputs) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return module_.get_method(method)(inputs);
  }

  Statistics statistics() override { return locked("statistics", {}).to<Statistics>(); }

  torch::jit::Module module_ = torch::jit::Module("Network");
};

/// One worker, and four that analyse; then play of four, two and one. Other numbers of positions, another board.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto positions = [](int64_t rounds, int64_t workers, int64_t n, int64_t size) {
    return 2 * torch::randn({rounds, workers, n, kPlanes, size, size}, torch::kFloat64) + 1;
  };
  return {{"play", positions(2, 1, 4, 5)}, {"analyse", positions(1, 4, 3, 5)}, {"play", positions(1, 1, 2, 5)},
          {"play", positions(4, 4, 3, 5)}, {"analyse", positions(1, 4, 1, 5)}, {"play", positions(3, 2, 1, 5)},
          {"play", positions(2, 4, 2, 7)}, {"analyse", positions(1, 1, 5, 7)}, {"play", positions(2, 1, 2, 5)}};
}

}  // namespace
