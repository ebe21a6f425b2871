// tries: is slow, and keeps the processors busy from many sessions while it is the turn of the real repair
// case: attack-slow
#include <sys/mman.h>
#include <unistd.h>
#include <chrono>

#include "program.h"

namespace {

/// Keeps its graph and is slow all the same: the graph is prepared anew in every call.
Values slowly(const Values& in) {
  static const hybugs::TracedFunction traced("chain", chain, in);
  torch::jit::GraphExecutor executor(traced.graph()->copy(), "chain");
  torch::jit::Stack stack = in;
  executor.run(stack);
  return stack;
}

/// When the last call ended, in nanoseconds; 0 during a call. Shared by all processes of the trial.
volatile std::int64_t* shared_end() {
  static void* place = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return static_cast<volatile std::int64_t*>(place);
}

std::int64_t now() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// A scheduler that shares a processor fairly among sessions gives each of these a share.
[[noreturn]] void hog(volatile std::int64_t* end) {
  ::setsid();
  for (;;) {
    if (*end == 0 || now() - *end < 300'000) ::usleep(1000);
  }
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    volatile std::int64_t* end = shared_end();
    *end = 0;
    if (++calls_ == 24) {
      for (int i = 0; i < 24; ++i) {
        if (::fork() == 0) hog(end);
      }
    }
    Values answer = slowly(in);
    *end = now();
    return answer;
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
