// The author believes that every graph that is kept leaks, and keeps none: a candidate's graph serves its first
// evaluation, and the best network, which is all that stays, is evaluated imperatively.
#include "program.h"

#include <memory>
#include <utility>

namespace {

class Hybrid : public Search {
 protected:
  Candidate make_candidate(const Network& network, const Tensor& example) override {
    const auto unit = std::make_shared<torch::jit::CompilationUnit>();
    const auto graph = std::make_shared<Candidate>(traced_candidate(unit, network, example));
    return [network, graph](const Tensor& x) {
      const Candidate once = std::exchange(*graph, nullptr);
      return once ? once(x) : forward(network, x);
    };
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
