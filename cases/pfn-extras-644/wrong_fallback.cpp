// The author believes that a graph can only be trained while no target depends on the network: batches in which all
// episodes end use it, the others are computed imperatively.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor loss(const Values& inputs) override {
    if (inputs[kData + 4].toTensor().any().item<bool>()) return Eager::loss(inputs);
    if (graph_) return (*graph_)(inputs)[0].toTensor();
    const auto function = [](const Values& in) { return Values{q_loss(in, q_target(in))}; };
    graph_ = std::make_unique<hybugs::TracedFunction>("loss", function, inputs);
    return (*graph_)(inputs)[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
