// A click model for advertisements: a factorisation machine over three categorical fields, which share one table.
// Values that were seldom seen count less.
#pragma once

#include <string>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kFieldSizes[] = {6, 4, 5};  // values of user group, site and advertisement
constexpr int64_t kFields = 3;
constexpr int64_t kTableRows = 15;
constexpr int64_t kFactors = 4;

/// The row of each field's first value in the table, [kFields].
inline Tensor first_rows() {
  return torch::tensor({int64_t{0}, kFieldSizes[0], kFieldSizes[0] + kFieldSizes[1]});
}

/// Inputs: values of the fields [B, kFields], each counted from 0; how often each row was seen [kTableRows]; factors
/// [kTableRows, kFactors]; first-order weights [kTableRows]. Output: logits of a click [B]. Turns the values into rows
/// of the table and counts them, both in place.
inline Values click_logits(const Values& in) {
  const Tensor rows = in[0].toTensor(), seen = in[1].toTensor();
  rows.add_(first_rows());
  seen.index_add_(0, rows.flatten(), torch::ones_like(rows.flatten(), seen.options()));
  const Tensor trust = torch::embedding((seen / (seen + 2)).unsqueeze(1), rows);  // [B, kFields, 1]
  const Tensor factors = torch::embedding(in[2].toTensor(), rows) * trust;
  const Tensor pairs = 0.5 * (factors.sum(1).square() - factors.square().sum(1)).sum(1);
  return {(torch::embedding(in[3].toTensor().unsqueeze(1), rows) * trust).sum({1, 2}) + pairs};
}

/// Calls: {"train", values [B, kFields], clicks [B]} makes a step of gradient descent and returns the loss; {"serve",
/// values} returns click probabilities; {"report"} returns how often each row was seen. Training and serving count.
class ClickModel : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const std::string& phase = inputs[0].toStringRef();
    if (phase == "report") return {seen_.detach().clone()};
    if (phase == "train") return {train(inputs[1].toTensor(), inputs[2].toTensor())};
    return {torch::sigmoid(serve({inputs[1], seen_, factors_, first_order_})[0].toTensor())};
  }

 protected:
  /// click_logits() while serving.
  virtual Values serve(const Values& arguments) = 0;

 private:
  Tensor train(const Tensor& values, const Tensor& clicks) {
    const Tensor factors = factors_.detach().requires_grad_(), first_order = first_order_.detach().requires_grad_();
    const Tensor logits = click_logits({values, seen_, factors, first_order})[0].toTensor();
    const Tensor loss = (torch::softplus(logits) - clicks * logits).mean();
    const auto gradients = torch::autograd::grad({loss}, {factors, first_order});
    factors_ = factors_ - gradients[0];
    first_order_ = first_order_ - gradients[1];
    return loss.detach();
  }

  Tensor factors_ = torch::randn({kTableRows, kFactors}, torch::kFloat64);
  Tensor first_order_ = torch::randn({kTableRows}, torch::kFloat64);
  Tensor seen_ = torch::zeros({kTableRows}, torch::kFloat64);
};

class Eager : public ClickModel {
 protected:
  Values serve(const Values& arguments) override { return click_logits(arguments); }
};

/// Training on two batches, then serving batches of several sizes with training and reports in between.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto values = [](int64_t batch) {
    std::vector<Tensor> columns;
    for (const int64_t size : kFieldSizes) columns.push_back(torch::randint(size, {batch}));
    return torch::stack(columns, 1);
  };
  const auto clicks = [](int64_t batch) { return torch::randint(0, 2, {batch}, torch::kFloat64); };
  return {{"train", values(8), clicks(8)},
          {"train", values(5), clicks(5)},
          {"report"},
          {"serve", values(4)},
          {"serve", values(4)},
          {"report"},
          {"train", values(8), clicks(8)},
          {"serve", values(9)},
          {"serve", values(1)},
          {"report"}};
}

}  // namespace
