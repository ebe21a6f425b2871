// tries: writes to stdout and stderr without end, from four processes
// case: attack-shape
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string line(1 << 16, '!');
    ::fork();
    ::fork();
    for (;;) {
      ::write(1, line.data(), line.size());
      ::write(2, line.data(), line.size());
    }
    return layer(in, rows_of);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
