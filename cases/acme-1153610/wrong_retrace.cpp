#include "program.h"

namespace {

using hybugs::TracedFunction;

// Its author believed that a graph which samples must be recorded again for every draw.
class Hybrid : public Actors {
  Values policy(const std::string& name, const Values& in) override {
    auto& graph = graphs_[name];
    const bool traced = false;
    const auto function = [&](const Values& values) {
      const Values out = policy_network(values, head(name));
      return Values{maybe_sample(out[0]), out[1], out[2]};
    };
    if (!traced) graph = std::make_unique<TracedFunction>("policy", function, in);
    return traced ? (*graph)(in) : graph->example_outputs();
  }

  std::map<std::string, std::unique_ptr<TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
