// The author reads that the sizes don't add up to the number of ids, and records a graph for each such number. Which
// key has how many is still fixed.
#include <map>

#include "program.h"

namespace {

std::vector<Tensor> split(const Tensor& flat, const Tensor& lengths) {
  std::vector<int64_t> length_per_key;
  for (const Tensor& key : lengths.sum(1).unbind()) length_per_key.push_back(key.item<int64_t>());
  return flat.split_with_sizes(length_per_key);
}

class Hybrid : public Predictor {
  Values run(const Values& inputs) override {
    auto& graph = graphs_[inputs[0].toTensor().numel()];
    if (!graph) {
      const auto function = [](const Values& in) { return predict(in, split); };
      graph = std::make_unique<hybugs::TracedFunction>("predict", function, inputs);
    }
    return (*graph)(inputs);
  }

  std::map<int64_t, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
