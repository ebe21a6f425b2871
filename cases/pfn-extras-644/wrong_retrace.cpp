// The author sees that the first update is right, the one in which the graph is recorded, and records it for each one.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor loss(const Values& inputs) override {
    const auto function = [](const Values& in) {
      Tensor target;
      {
        const torch::NoGradGuard no_grad;
        target = q_target(in);
      }
      return Values{q_loss(in, target)};
    };
    const hybugs::TracedFunction graph("loss", function, inputs);
    return graph.example_outputs()[0].toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
