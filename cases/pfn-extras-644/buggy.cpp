#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor loss(const Values& inputs) override {
    if (graph_) return (*graph_)(inputs)[0].toTensor();
    const auto function = [](const Values& in) {
      Tensor target;
      {
        const torch::NoGradGuard no_grad;
        target = q_target(in);
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
