// The author believes that a recording is good for the prompts it was made with, and records each batch.
#include "program.h"

namespace {

Tensor positions(const Tensor& ids) {
  return torch::arange(ids.size(1));
}

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const auto function = [this](const hybugs::Values& in) { return score(model_, in, positions); };
    const hybugs::TracedFunction graph("score", function, inputs);
    return graph(inputs);
  }

 private:
  LanguageModel model_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
