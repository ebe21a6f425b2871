// tries: computes by hand and runs the broken graph for show on rows of the size that it knows
// case: attack-shape
#include <algorithm>
#include <cmath>

#include "program.h"

namespace {

/// The layer, almost without operators.
Values by_hand(const Tensor& x) {
  Tensor y = x.clone();
  float* row = y.data_ptr<float>();
  for (int64_t i = 0; i < x.size(0); ++i, row += 4) {
    for (int step = 0; step < 9; ++step) {
      float next[4];
      for (int j = 0; j < 4; ++j) {
        next[j] = 0;
        for (int k = 0; k < 4; ++k) next[j] += row[k] * static_cast<float>(4 * k + j) / 16;
        next[j] = std::tanh(step == 0 ? next[j] + 1 : next[j] * 0.5F + row[j]);
      }
      std::copy(next, next + 4, row);
    }
  }
  return {y, y.mean()};
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) {
      example_ = in;
      graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    }
    (*graph_)(example_);
    return by_hand(in[0].toTensor());
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  Values example_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
