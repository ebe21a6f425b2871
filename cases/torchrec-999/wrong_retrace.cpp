// The author believes that jagged data can't have one graph for all batches, and records one for each.
#include "program.h"

namespace {

std::vector<Tensor> split(const Tensor& flat, const Tensor& lengths) {
  std::vector<int64_t> length_per_key;
  for (const Tensor& key : lengths.sum(1).unbind()) length_per_key.push_back(key.item<int64_t>());
  return flat.split_with_sizes(length_per_key);
}

class Hybrid : public Predictor {
  Values run(const Values& inputs) override {
    const auto function = [](const Values& in) { return predict(in, split); };
    const hybugs::TracedFunction graph("predict", function, inputs);
    return graph(inputs);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
