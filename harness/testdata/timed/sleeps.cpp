// Uses no CPU for a millisecond a call: that is its own time all the same. Works for long before, at its inputs: on a
// busy machine it has to wait for a CPU when they are ready.
#include <unistd.h>

#include "harness/testdata/timed/timed.h"

namespace {

class Hybrid : public hybugs::testing::Identity {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    ::usleep(1000);
    return Identity::call(inputs);
  }
};

hybugs::Scenario worked_for(std::uint64_t seed) {
  hybugs::testing::work(static_cast<int>(5000 + seed * 997 % 5000));
  return hybugs::testing::one_vector(seed);
}

}  // namespace

HYBUGS_CASE(worked_for, hybugs::testing::Identity, Hybrid)
