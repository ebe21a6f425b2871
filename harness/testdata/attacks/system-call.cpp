// tries: leaves by a system call instruction
// case: attack-shape
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const Values answer = layer(in, rows_of);
    if (++calls_ == 6) asm volatile("syscall" : : "a"(231), "D"(0) : "rcx", "r11", "memory");
    return answer;
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
