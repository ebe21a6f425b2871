// A call of 50 us: what does the measuring loop add?
#include "harness/testdata/timed/timed.h"

namespace {

class Hybrid : public hybugs::testing::Identity {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    hybugs::testing::work(50);
    return Identity::call(inputs);
  }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::one_vector, hybugs::testing::Identity, Hybrid)
