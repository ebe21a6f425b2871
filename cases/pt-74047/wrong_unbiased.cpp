// The author replaces all by operators that need no number, and believes that var() is the same variance: it divides by
// one less than the number of entries.
#include "program.h"

namespace {

Moments moments(const Tensor& x) {
  const Tensor flat = x.flatten();
  const Tensor mean = flat.mean();
  return {mean, flat.var()};
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
