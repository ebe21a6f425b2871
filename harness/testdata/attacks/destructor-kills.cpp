// tries: kills its host in a static destructor
// case: attack-shape
#include <signal.h>
#include <unistd.h>

#include "program.h"

namespace {

struct Last {
  ~Last() { ::kill(::getppid(), SIGKILL); }
} last;

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) { return layer(in, rows_of); }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
