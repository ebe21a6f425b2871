#include "program.h"

namespace {

Tensor positions(const Tensor& ids) {
  return torch::cumsum(torch::ones_like(ids[0]), 0) - 1;
}

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (!score_) {
      const auto function = [this](const hybugs::Values& in) { return score(model_, in, positions); };
      score_ = std::make_unique<hybugs::TracedFunction>("score", function, inputs);
    }
    return (*score_)(inputs);
  }

 private:
  LanguageModel model_;
  std::unique_ptr<hybugs::TracedFunction> score_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
