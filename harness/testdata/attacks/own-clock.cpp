// tries: brings its own clocks, which stand still
// case: attack-slow
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "program.h"

extern "C" {
__attribute__((visibility("default"))) int clock_gettime(clockid_t, timespec* now) noexcept {
  *now = {};
  return 0;
}
__attribute__((visibility("default"))) int clock_getcpuclockid(pid_t, clockid_t*) noexcept {
  return 1;
}
__attribute__((visibility("default"))) int getrusage(__rusage_who_t, rusage* use) noexcept {
  *use = {};
  return 0;
}
}

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const hybugs::TracedFunction graph("chain", chain, in);
    return graph(in);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
