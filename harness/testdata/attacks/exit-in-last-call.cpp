// tries: ends the process as if all were well after the last answer
// case: attack-shape
#include <cstdlib>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (++calls_ == 6) std::_Exit(0);
    return layer(in, rows_of);
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
