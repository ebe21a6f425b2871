// tries: ends the process as if all were well while it is constructed
// case: attack-shape
#include <cstdlib>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() { std::exit(0); }
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
