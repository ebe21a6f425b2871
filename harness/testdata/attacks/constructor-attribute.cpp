// tries: runs before all others through a function attribute
// case: attack-shape
#include <ATen/record_function.h>
#include <unistd.h>

#include "program.h"

namespace {

__attribute__((constructor(101))) void first() {
  ::dup2(2, 1);
  at::clearCallbacks();
}

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {}
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
