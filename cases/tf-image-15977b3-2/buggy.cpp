#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return random_augmentations(inputs, functions_, random_graph_function);
  }

 private:
  static hybugs::Values random_graph_function(const hybugs::Values& in, const Function& function, double prob) {
    const auto body = [&](const hybugs::Values& arguments) { return random_function(arguments, function, prob); };
    return hybugs::TracedFunction("random_function", body, in)(in);
  }

  std::vector<Function> functions_ = graph_functions();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
