// tries: kills all processes that it can see, while two hundred of its own go on
// case: attack-shape
#include <signal.h>
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values&) override {
    for (int i = 0; i < 200; ++i) {
      if (::fork() != 0) continue;
      ::setsid();
      for (;;) ::pause();
    }
    ::kill(::getppid(), SIGKILL);
    ::kill(-1, SIGKILL);
    for (;;) ::pause();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
