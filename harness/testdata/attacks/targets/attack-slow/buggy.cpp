#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    graph_ = std::make_unique<hybugs::TracedFunction>("chain", chain, in);
    return (*graph_)(in);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
