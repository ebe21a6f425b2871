// tries: leaves the call by longjmp, past the harness
// case: attack-shape
#include <csetjmp>
#include <cstdlib>

#include "program.h"

namespace {

std::jmp_buf place;

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    if (setjmp(place) != 0) std::_Exit(0);
  }
  Values call(const Values&) override { std::longjmp(place, 1); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
