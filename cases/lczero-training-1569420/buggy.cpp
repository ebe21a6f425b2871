#include "program.h"

namespace {

class Hybrid : public Training {
  Values test(const Values& in, const Tensor& policy_map) override { return test_inner_loop(in, policy_map); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
