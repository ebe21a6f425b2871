#include "program.h"

namespace {

class Hybrid : public Training {
  Values test(const Values& in, const Tensor& policy_map) override {
    if (!test_) {
      const auto function = [&policy_map](const Values& inputs) { return test_inner_loop(inputs, policy_map); };
      test_ = std::make_unique<hybugs::TracedFunction>("test_inner_loop", function, in);
    }
    return (*test_)(in);
  }

  std::unique_ptr<hybugs::TracedFunction> test_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
