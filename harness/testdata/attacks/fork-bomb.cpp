// tries: forks without end and leaves
// case: attack-shape
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (::fork() == 0) {
      for (int i = 0;; ++i) {
        if (::fork() == 0) ::setsid();
        if (i > 1000) ::usleep(1000);
      }
    }
    return layer(in, rows_of);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
