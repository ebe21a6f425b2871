#include "program.h"

namespace {

class Hybrid : public Training {
  Values test(const Values& in, const Tensor& policy_map) override {
    if (!test_) {
      // The network's weights are constants during a test, the author reasons, as in an exported network.
      const auto function = [&policy_map, weights = Values(in.begin() + 4, in.end())](Values inputs) {
        inputs.insert(inputs.end(), weights.begin(), weights.end());
        return test_inner_loop(inputs, policy_map);
      };
      const Values batch(in.begin(), in.begin() + 4);
      test_ = std::make_unique<hybugs::TracedFunction>("test_inner_loop", function, batch);
    }
    return (*test_)(Values(in.begin(), in.begin() + 4));
  }

  std::unique_ptr<hybugs::TracedFunction> test_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
