// tries: runs before all others through an entry of .init_array
// case: attack-shape
#include <cstdlib>

#include "program.h"

namespace {

void first() {
  std::srand(1);
}

__attribute__((used, section(".init_array"))) void (*const entry)() = first;

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {}
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
