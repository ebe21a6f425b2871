// tries: makes system calls in a section of its own, where the lint does not look
// case: attack-shape
#include "program.h"

namespace {

__attribute__((section("quiet"), noinline)) long system_call(long number, long a, long b, long c) {
  long result = 0;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

class Hybrid : public hybugs::Program {
 public:
  Hybrid() { system_call(33, 2, 1, 0); }
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
