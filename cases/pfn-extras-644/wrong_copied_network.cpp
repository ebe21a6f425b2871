// The author gives the target a network of its own, a copy without history. The copy is made when the graph is
// recorded, and stays as it was.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor loss(const Values& inputs) override {
    if (graph_) return (*graph_)(inputs)[0].toTensor();
    Values copies;
    for (int i = 0; i < kData; ++i) copies.push_back(inputs[i].toTensor().detach().clone());
    const auto function = [&](const Values& in) {
      Values own = copies;
      own.insert(own.end(), in.begin() + kData, in.end());
      return Values{q_loss(in, q_target(own))};
    };
    graph_ = std::make_unique<hybugs::TracedFunction>("loss", function, inputs);
    return graph_->example_outputs()[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
