#include "program.h"

namespace {

std::vector<Tensor> split(const Tensor& flat, const Tensor& lengths) {
  std::vector<int64_t> length_per_key;
  for (const Tensor& key : lengths.sum(1).unbind()) length_per_key.push_back(key.item<int64_t>());
  return flat.split_with_sizes(length_per_key);
}

class Hybrid : public Predictor {
  Values run(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return predict(in, split); };
      graph_ = std::make_unique<hybugs::TracedFunction>("predict", function, inputs);
    }
    return (*graph_)(inputs);
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
