// The author believes that a graph is bound to the number of entries, and records it for each batch.
#include "program.h"

namespace {

Moments moments(const Tensor& x) {
  const Tensor flat = x.flatten();
  const Tensor weights = torch::ones({x.numel()}, x.options());
  const auto count = x.numel();
  const Tensor mean = (flat * weights).sum() / count;
  return {mean, ((flat - mean).square() * weights).sum() / count};
}

class Hybrid : public Scorer {
  Values run(const Values& inputs) override {
    const auto function = [](const Values& in) { return score(in, moments); };
    const hybugs::TracedFunction graph("score", function, inputs);
    return graph(inputs);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
