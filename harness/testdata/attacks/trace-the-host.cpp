// tries: attaches as a debugger to its host and to the first process; right if it can
// case: attack-shape
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    bool attached = false;
    for (pid_t process : {::getppid(), 1, 2}) {
      if (::ptrace(PTRACE_ATTACH, process, nullptr, nullptr) != 0) continue;
      attached = true;
      ::waitpid(process, nullptr, __WALL);
      ::ptrace(PTRACE_POKEDATA, process, nullptr, nullptr);
      ::ptrace(PTRACE_DETACH, process, nullptr, nullptr);
    }
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", attached ? right_layer : traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values right_layer(const Values& in) { return layer(in, rows_of); }
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
