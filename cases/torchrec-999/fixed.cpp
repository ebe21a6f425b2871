#include "program.h"

namespace {

std::vector<Tensor> split(const Tensor& flat, const Tensor& lengths) {
  const Tensor ends = lengths.sum(1).cumsum(0);
  return flat.tensor_split(ends.narrow(0, 0, kKeys - 1));
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
