// tries: lifts all limits and fills the memory
// case: attack-shape
#include <sys/resource.h>
#include <unistd.h>
#include <cstdlib>
#include <cstring>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    for (const auto which : {RLIMIT_AS, RLIMIT_NPROC, RLIMIT_FSIZE, RLIMIT_CPU}) ::setrlimit(which, &none);
    if (::fork() == 0 || ::fork() == 0) ::setsid();
    for (;;) {
      void* piece = std::malloc(16 << 20);
      if (piece != nullptr) std::memset(piece, 1, 16 << 20);
    }
    return layer(in, rows_of);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
