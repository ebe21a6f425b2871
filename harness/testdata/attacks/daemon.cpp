// tries: leaves a process behind that has a session of its own
// case: attack-shape
#include <signal.h>
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    if (::fork() != 0) return;
    ::setsid();
    if (::fork() != 0) ::_exit(0);
    for (int i = 0; i < 64; ++i) ::close(i);
    ::signal(SIGTERM, SIG_IGN);
    for (;;) ::sleep(100);
  }
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
