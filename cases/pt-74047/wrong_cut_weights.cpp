// The author makes weights for the largest batch and cuts off what isn't needed. Where to cut is a number again.
#include "program.h"

namespace {

Moments moments(const Tensor& x) {
  const Tensor flat = x.flatten();
  const Tensor weights = torch::ones({64}, x.options()).narrow(0, 0, x.numel());
  const auto count = x.numel();
  const Tensor mean = (flat * weights).sum() / count;
  return {mean, ((flat - mean).square() * weights).sum() / count};
}

class Hybrid : public Scorer {
  Values run(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return score(in, moments); };
      graph_ = std::make_unique<hybugs::TracedFunction>("score", function, inputs);
    }
    return (*graph_)(inputs);
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
