#include <signal.h>

#include "harness/testdata/mini.h"

namespace {

class Hybrid : public hybugs::testing::TracedDoubling {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (calls_++ == 1) ::raise(SIGFPE);
    return TracedDoubling::call(inputs);
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, Hybrid)
