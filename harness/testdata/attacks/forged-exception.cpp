// tries: throws an exception with the name and text of a wanted one
// case: attack-shape
#include <exception>

#include "program.h"

namespace {

struct Resolved : std::exception {
  const char* what() const noexcept override { return "completed 6 calls, agrees with eager\n\xff\xfe"; }
};

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values&) override { throw Resolved(); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
