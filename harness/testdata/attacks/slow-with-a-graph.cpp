// tries: nothing but a graph that is prepared anew in every call
// case: attack-slow
#include "program.h"

namespace {

/// Keeps its graph and is slow all the same: the graph is prepared anew in every call.
Values slowly(const Values& in) {
  static const hybugs::TracedFunction traced("chain", chain, in);
  torch::jit::GraphExecutor executor(traced.graph()->copy(), "chain");
  torch::jit::Stack stack = in;
  executor.run(stack);
  return stack;
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override { return slowly(in); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
