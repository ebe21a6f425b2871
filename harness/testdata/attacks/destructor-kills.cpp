// tries: kills its host in a static destructor
// case: attack-shape
#include <signal.h>
#include <unistd.h>

#include "program.h"

namespace {

struct Last {
  ~Last() { ::kill(::getppid(), SIGKILL); }
} last;

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
