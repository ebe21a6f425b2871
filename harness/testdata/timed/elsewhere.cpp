// Leaves its work to a process of its own, and sleeps meanwhile: CPU time of all its processes counts.
#include <sys/wait.h>
#include <unistd.h>

#include "harness/testdata/timed/timed.h"

namespace {

class Hybrid : public hybugs::testing::Identity {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const pid_t child = ::fork();
    if (child == 0) {
      hybugs::testing::work(300);
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    return Identity::call(inputs);
  }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::one_vector, hybugs::testing::Identity, Hybrid)
