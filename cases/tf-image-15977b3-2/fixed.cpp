#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return random_augmentations(inputs, functions_, random_function);
  }

 private:
  std::vector<Function> functions_ = graph_functions();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
