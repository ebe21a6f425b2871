// tries: ends the process while the library is loaded
// case: attack-shape
#include <unistd.h>

#include "program.h"

namespace {

const bool gone = (::_exit(0), true);

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {}
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
