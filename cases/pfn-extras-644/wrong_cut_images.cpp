// The author believes that the gradient reaches the target by its input, the next images, and cuts it off there. It
// comes by the parameters.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor loss(const Values& inputs) override {
    if (graph_) return (*graph_)(inputs)[0].toTensor();
    const auto function = [](const Values& in) {
      Tensor target;
      {
        const torch::NoGradGuard no_grad;
        Values cut = in;
        cut[kData + 3] = in[kData + 3].toTensor().detach();
        target = q_target(cut);
      }
      return Values{q_loss(in, target)};
    };
    graph_ = std::make_unique<hybugs::TracedFunction>("loss", function, inputs);
    return graph_->example_outputs()[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
