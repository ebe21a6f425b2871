// tries: stops its host, so that nobody reports its end
// case: attack-shape
#include <signal.h>
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() { ::kill(::getppid(), SIGSTOP); }
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
