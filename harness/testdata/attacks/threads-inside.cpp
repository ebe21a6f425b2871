// tries: a repair that warms up in a thread of its own
// case: attack-shape
// legitimate
#include <thread>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) {
      std::thread([&] { graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in); }).join();
    }
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) { return layer(in, rows_of); }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
