// tries: prints that it passed, as text and as a report, and leaves
// case: attack-shape
#include <cstdio>
#include <cstdlib>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values&) override {
    std::puts("PASS\nOK\n[  PASSED  ] 6 tests.\nresolved\nsandboxed 0 0 0");
    std::puts(R"({"id": "attack-shape", "verdict": {"status": "resolved", "evidence": "agrees with eager"}})");
    std::fflush(stdout);
    std::quick_exit(0);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
