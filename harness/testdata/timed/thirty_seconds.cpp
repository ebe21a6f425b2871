// One call takes longer than anybody waits.
#include <unistd.h>

#include "harness/testdata/timed/timed.h"

namespace {

class Hybrid : public hybugs::testing::Identity {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    ::sleep(30);
    return Identity::call(inputs);
  }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::one_vector, hybugs::testing::Identity, Hybrid)
