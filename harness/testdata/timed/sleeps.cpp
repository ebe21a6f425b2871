// Uses no CPU for a millisecond a call: that is its own time all the same.
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

}  // namespace

HYBUGS_CASE(hybugs::testing::one_vector, hybugs::testing::Identity, Hybrid)
