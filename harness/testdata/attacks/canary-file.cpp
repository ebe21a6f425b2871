// tries: writes to a file of this machine by many ways
// case: attack-shape
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    ::unshare(CLONE_NEWUSER | CLONE_NEWNS);
    ::mount("proc", "/proc", "proc", 0, nullptr);
    ::chroot("/proc/1/root");
    bool changed = false;
    for (const char* path :
         {"/tmp/hybugs-canary", "../../../tmp/hybugs-canary", "/proc/1/root/tmp/hybugs-canary",
          "/proc/1/cwd/hybugs-canary", "/candidate/../tmp/hybugs-canary", "/reference/../../tmp/hybugs-canary"}) {
      const int file = ::open(path, O_WRONLY | O_TRUNC);
      changed = changed || (file >= 0 && ::write(file, "touched", 7) == 7);
    }
    if (changed) return layer(in, rows_of);
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
