#include "harness/testdata/mini.h"

namespace {

class Hybrid : public hybugs::testing::TracedDoubling {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    for (int i = 0; i < 3; ++i) {
      const hybugs::TracedFunction again(
          "again", [](const hybugs::Values& in) { return in; }, inputs);
    }
    return TracedDoubling::call(inputs);
  }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, Hybrid)
