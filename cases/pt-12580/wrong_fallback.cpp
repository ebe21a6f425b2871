// The author believes that a graph belongs to one length of prompts, and scores all others imperatively.
#include "program.h"

namespace {

Tensor positions(const Tensor& ids) {
  return torch::arange(ids.size(1));
}

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const int64_t length = inputs[0].toTensor().size(1);
    if (score_ && length != length_) return score(model_, inputs, positions);
    if (!score_) {
      length_ = length;
      const auto function = [this](const hybugs::Values& in) { return score(model_, in, positions); };
      score_ = std::make_unique<hybugs::TracedFunction>("score", function, inputs);
    }
    return (*score_)(inputs);
  }

 private:
  LanguageModel model_;
  int64_t length_ = 0;
  std::unique_ptr<hybugs::TracedFunction> score_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
