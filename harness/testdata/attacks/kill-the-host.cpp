// tries: kills its host in the last call
// case: attack-shape
#include <signal.h>
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (++calls_ == 6) ::kill(::getppid(), SIGKILL);
    return layer(in, rows_of);
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
