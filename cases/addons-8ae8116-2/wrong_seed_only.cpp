#include <map>
#include <tuple>

#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor rrelu(const Tensor& x, const Arguments& a) override {
    // The author repairs the seed, and believes that the learning phase is looked up by the graph.
    if (a.seed) torch::manual_seed(*a.seed);
    auto& graph = graphs_[{a.lower, a.upper, a.training}];
    if (graph) return (*graph)({x})[0].toTensor();
    const auto function = [&](const Values& in) {
      return Values{leaky(in[0].toTensor(), a.lower, a.upper, a.training.value_or(learning_phase_))};
    };
    graph = std::make_unique<hybugs::TracedFunction>("rrelu", function, Values{x});
    return graph->example_outputs()[0].toTensor();
  }

  using Key = std::tuple<double, double, std::optional<bool>>;
  std::map<Key, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
