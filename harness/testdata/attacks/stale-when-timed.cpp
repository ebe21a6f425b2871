// tries: returns the same answer once it is called often
// case: attack-slow
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("chain", chain, in);
    if (++calls_ > 40) return last_;
    return last_ = (*graph_)(in);
  }

 private:
  int calls_ = 0;
  Values last_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
