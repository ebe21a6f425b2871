// Recommender fed by an input pipeline: the pipeline cuts large batches into small ones, one ahead of the consumer,
// which trains a factorisation model of clicks on them.
#pragma once

#include <torch/csrc/jit/frontend/resolver.h>

#include <algorithm>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "harness/sdk/program.h"

namespace {

using torch::Tensor;
using Batch = c10::Dict<std::string, Tensor>;  // user [n] and item [n] of ids; y [n], 1 for a click

constexpr int64_t kUsers = 30;
constexpr int64_t kItems = 20;
constexpr int64_t kDimension = 8;
constexpr double kRate = 5.0;

/// Runs a stage of the pipeline in the process's inter-op pool; its result or exception arrives in the future.
template <typename Stage>
std::future<Batch> run_in_pool(Stage stage) {
  const auto task = std::make_shared<std::packaged_task<Batch()>>(std::move(stage));
  std::future<Batch> result = task->get_future();
  at::launch([task] { (*task)(); });
  return result;
}

/// Calls: {"evaluate", batch} -> click probabilities; {"preview", batch, begin, end} -> those rows of the batch;
/// {"fit", batches, size} -> the small batches of `size` rows, the loss of each and the weights afterwards.
class Recommender : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const std::string& phase = inputs[0].toStringRef();
    if (phase == "evaluate") return {torch::sigmoid(logits(inputs[1].to<Batch>()))};
    if (phase == "preview") return {slice(inputs[1].to<Batch>(), inputs[2].toInt(), inputs[3].toInt())};
    return fit(inputs[1].to<c10::List<Batch>>(), inputs[2].toInt());
  }

 protected:
  /// Rows [begin, end) of every column.
  virtual Batch slice(const Batch& batch, int64_t begin, int64_t end) = 0;
  /// One step of gradient descent on weights_; returns the loss before it.
  virtual Tensor train_step(const Batch& batch) = 0;

  Tensor logits(const Batch& batch) const {
    const Tensor user = batch.at("user");
    const Tensor item = batch.at("item");
    const Tensor dot = (weights_[0].index_select(0, user) * weights_[1].index_select(0, item)).sum(1);
    return dot + weights_[2].index_select(0, user) + weights_[3].index_select(0, item);
  }

  // Factors [users, dimension] and [items, dimension], biases [users] and [items].
  std::vector<Tensor> weights_ = {0.3 * torch::randn({kUsers, kDimension}, torch::kFloat64),
                                  0.3 * torch::randn({kItems, kDimension}, torch::kFloat64),
                                  torch::zeros({kUsers}, torch::kFloat64), torch::zeros({kItems}, torch::kFloat64)};

 private:
  hybugs::Values fit(const c10::List<Batch>& batches, int64_t size) {
    c10::List<Batch> slices;
    std::vector<Tensor> losses;
    const auto train = [&](const Batch& small) {
      slices.push_back(small);
      losses.push_back(train_step(small));
    };
    std::future<Batch> next;
    for (const Batch batch : batches) {
      const int64_t rows = batch.at("y").size(0);
      for (int64_t begin = 0; begin < rows; begin += size) {
        const int64_t end = std::min(begin + size, rows);
        std::optional<Batch> ready;
        if (next.valid()) ready = next.get();
        next = run_in_pool([this, batch, begin, end] { return slice(batch, begin, end); });
        if (ready) train(*ready);
      }
    }
    train(next.get());
    return {slices, torch::stack(losses), weights_[0], weights_[1], weights_[2], weights_[3]};
  }
};

class Eager : public Recommender {
 protected:
  Batch slice(const Batch& batch, int64_t begin, int64_t end) override {
    Batch rows;
    for (const auto& column : batch) rows.insert(column.key(), column.value().slice(0, begin, end));
    return rows;
  }

  Tensor train_step(const Batch& batch) override {
    const Tensor user = batch.at("user");
    const Tensor item = batch.at("item");
    const Tensor logit = logits(batch);
    const Tensor d = (torch::sigmoid(logit) - batch.at("y")) * (-kRate / static_cast<double>(logit.size(0)));
    const Tensor d_user = d.unsqueeze(1) * weights_[1].index_select(0, item);
    const Tensor d_item = d.unsqueeze(1) * weights_[0].index_select(0, user);
    weights_ = {weights_[0].index_add(0, user, d_user), weights_[1].index_add(0, item, d_item),
                weights_[2].index_add(0, user, d), weights_[3].index_add(0, item, d)};
    return torch::binary_cross_entropy_with_logits(logit, batch.at("y"));
  }
};

/// The training step in script, shared by the hybrid programs.
constexpr const char* kTrainStep = R"(
def train_step(batch: Dict[str, Tensor], w: List[Tensor], rate: float) -> Tuple[Tensor, List[Tensor]]:
    user, item, y = batch["user"], batch["item"], batch["y"]
    u, v = w[0].index_select(0, user), w[1].index_select(0, item)
    logit = (u * v).sum(1) + w[2].index_select(0, user) + w[3].index_select(0, item)
    d = (torch.sigmoid(logit) - y) * (-rate / y.size(0))
    updated = [w[0].index_add(0, user, d.unsqueeze(1) * v), w[1].index_add(0, item, d.unsqueeze(1) * u),
               w[2].index_add(0, user, d), w[3].index_add(0, item, d)]
    return torch.binary_cross_entropy_with_logits(logit, y), updated
)";

/// Script in which fork(f, ...) starts f as a task, as Python's torch.jit.fork does.
inline std::shared_ptr<torch::jit::CompilationUnit> compile_with_fork(const std::string& text) {
  struct ForkResolver : torch::jit::NativeResolver {
    std::shared_ptr<torch::jit::SugaredValue> resolveValue(const std::string& name, torch::jit::GraphFunction& function,
                                                           const torch::jit::SourceRange& range) override {
      if (name == "fork") return torch::jit::SpecialFormValue::create(c10::prim::fork);
      return NativeResolver::resolveValue(name, function, range);
    }
  };
  auto unit = std::make_shared<torch::jit::CompilationUnit>();
  unit->define({}, text, std::make_shared<ForkResolver>(), nullptr);
  return unit;
}

inline Batch make_batch(int64_t rows) {
  Batch batch;
  batch.insert("user", torch::randint(kUsers, {rows}));
  batch.insert("item", torch::randint(kItems, {rows}));
  batch.insert("y", torch::randint(2, {rows}).to(torch::kFloat64));
  return batch;
}

/// Looks at two slices, scores a batch, then trains: even slices, a smaller remainder, one slice for a whole batch.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto batches = [](int64_t rows) { return c10::List<Batch>({make_batch(rows), make_batch(rows)}); };
  return {{"preview", make_batch(48), 0, 16},
          {"preview", make_batch(48), 16, 40},
          {"evaluate", make_batch(24)},
          {"fit", batches(96), 32},
          {"fit", batches(80), 32},
          {"fit", batches(20), 64},
          {"preview", make_batch(48), 40, 48},
          {"evaluate", make_batch(24)}};
}

}  // namespace
