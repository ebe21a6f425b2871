#include <map>
#include <tuple>

#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor rrelu(const Tensor& x, const Arguments& a) override {
    const bool training = a.training.value_or(learning_phase_);
    auto& graph = graphs_[{a.lower, a.upper, training, a.seed, x.sizes().vec()}];
    if (graph) return (*graph)({x})[0].toTensor();
    // The author draws the slopes before recording: the graph of a seed then returns the slopes of that seed.
    if (a.seed) torch::manual_seed(*a.seed);
    const Tensor drawn = a.lower + (a.upper - a.lower) * torch::rand_like(x.detach());
    const Tensor slopes = training ? drawn : torch::full_like(drawn, (a.lower + a.upper) / 2);
    const auto function = [&](const Values& in) {
      const Tensor input = in[0].toTensor();
      return Values{torch::where(input >= 0, input, input * slopes)};
    };
    graph = std::make_unique<hybugs::TracedFunction>("rrelu", function, Values{x});
    return graph->example_outputs()[0].toTensor();
  }

  using Key = std::tuple<double, double, bool, std::optional<int64_t>, std::vector<int64_t>>;
  std::map<Key, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
