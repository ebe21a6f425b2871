#include "program.h"

namespace {

using hybugs::TracedFunction;

// Its author believed that random policies are no work for a graph, and leaves them eager.
class Hybrid : public Actors {
  Values policy(const std::string& name, const Values& in) override {
    if (head(name) != "deterministic") {
      const Values out = policy_network(in, head(name));
      return {maybe_sample(out[0]), out[1], out[2]};
    }
    auto& graph = graphs_[name];
    const bool traced = graph != nullptr;
    const auto function = [&](const Values& values) { return policy_network(values, head(name)); };
    if (!traced) graph = std::make_unique<TracedFunction>("policy", function, in);
    const Values out = traced ? (*graph)(in) : graph->example_outputs();
    return {maybe_sample(out[0]), out[1], out[2]};
  }

  std::map<std::string, std::unique_ptr<TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
