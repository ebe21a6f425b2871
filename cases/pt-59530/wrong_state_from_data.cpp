// The author believes that the number of sequences is all that the graph has fixed: the states are made from the first
// frame, without a size. The loop over the steps is still recorded for five.
#include "program.h"

namespace {

Tensor decode_any_batch(const Values& in) {
  const auto at = [&](int i) { return in[i].toTensor(); };
  const Tensor x = at(0);
  Tensor h = torch::zeros_like(torch::matmul(x[0], at(1).slice(0, 0, kHidden).t()));
  Tensor c = h;
  std::vector<Tensor> states;
  for (int64_t t = 0; t < x.size(0); ++t) {
    std::tie(h, c) = torch::lstm_cell(x[t], {h, c}, at(1), at(2), at(3), at(4));
    states.push_back(h);
  }
  return torch::log_softmax(torch::matmul(torch::stack(states), at(5)) + at(6), -1);
}

class Hybrid : public Eager {
  Tensor run(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{decode_any_batch(in)}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("decode", function, inputs);
    }
    return (*graph_)(inputs)[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
