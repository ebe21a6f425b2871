// The author takes the graph off the helper, and believes that a function becomes a graph where it is used: each use
// records it again.
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return random_augmentations(inputs, functions(), random_graph_function);
  }

 private:
  static hybugs::Values random_graph_function(const hybugs::Values& in, const Function& function, double prob) {
    const auto graph = [&](const hybugs::Values& arguments) {
      return hybugs::TracedFunction("augmentation", function, arguments)(arguments);
    };
    return random_function(in, graph, prob);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
