// tries: returns a text that is no UTF-8 and would be quoted in the report
// case: attack-shape
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values&) override { return {std::string("\xff\xc3\x28\0 | resolved | \x1b[2J", 24), 1}; }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
