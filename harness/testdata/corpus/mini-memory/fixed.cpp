#include "harness/testdata/mini.h"

namespace {

hybugs::Scenario many(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (int i = 0; i < 20; ++i) calls.push_back({torch::randn({4, 3})});
  return calls;
}

}  // namespace

HYBUGS_CASE(many, hybugs::testing::Doubling, hybugs::testing::TracedDoubling)
