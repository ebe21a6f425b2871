#include <signal.h>
#include <unistd.h>

#include "harness/testdata/mini.h"

namespace {

// A process that wants to stay: other session, re-parented, deaf to SIGTERM.
void leave_a_daemon() {
  if (::fork() != 0) return;
  ::setsid();
  ::signal(SIGTERM, SIG_IGN);
  if (::fork() != 0) ::_exit(0);
  for (;;) ::sleep(1000);
}

class Hybrid : public hybugs::testing::TracedDoubling {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (calls_++ == 1) {
      leave_a_daemon();
      for (;;) ::sleep(1000);
    }
    return TracedDoubling::call(inputs);
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, Hybrid)
