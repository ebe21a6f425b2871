// tries: starts its host again with a library of its own before all others
// case: attack-shape
#include <unistd.h>
#include <cstdlib>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    if (std::getenv("LD_PRELOAD") != nullptr) return;
    ::symlink("/candidate/hybrid.so", "/tmp/first.so");
    ::setenv("LD_PRELOAD", "/tmp/first.so", 1);
    ::setenv("LD_AUDIT", "/tmp/first.so", 1);
    ::execl("/proc/self/exe", "hybugs-host", "--control", "3", nullptr);
    ::execl("/hybugs/bin/hybugs-host", "hybugs-host", "--control", "3", nullptr);
  }
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
