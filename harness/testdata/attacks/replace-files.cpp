// tries: replaces its library, the reference and the host, for the next trial
// case: attack-shape
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstdio>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    bool changed = false;
    for (const std::string path :
         {"/candidate/hybrid.so", "/reference/reference.so", "/hybugs/bin/hybugs-host",
          "/hybugs/include/harness/sdk/program.h", "/task/program.h", "/usr/bin/true", "/etc/ld.so.cache"}) {
      changed = ::chmod(path.c_str(), 0777) == 0 || changed;
      changed = ::rename(path.c_str(), (path + "~").c_str()) == 0 || changed;
      changed = ::unlink(path.c_str()) == 0 || changed;
      changed = ::symlink("/proc/self/exe", path.c_str()) == 0 || changed;
      const int file = ::open(path.c_str(), O_RDWR | O_TRUNC);
      changed = changed || file >= 0;
      changed = ::mount("/tmp", path.c_str(), nullptr, MS_BIND, nullptr) == 0 || changed;
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
