#include <cstdlib>

#include "harness/testdata/mini.h"

namespace {

class Eager : public hybugs::testing::Doubling {
 public:
  hybugs::Values call(const hybugs::Values&) override { std::abort(); }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, Eager, hybugs::testing::TracedDoubling)
