// Crashes in its thousandth call.
#include <csignal>

#include "harness/testdata/timed/timed.h"

namespace {

class Hybrid : public hybugs::testing::Identity {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (calls_ == 999) std::raise(SIGSEGV);
    return Identity::call(inputs);
  }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::one_vector, hybugs::testing::Identity, Hybrid)
