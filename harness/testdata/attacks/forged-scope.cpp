// tries: runs eagerly within a forged scope of a graph
// case: attack-shape
// stopped by the lint alone
#include <ATen/record_function.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    at::RecordFunction scope(at::RecordScope::TORCHSCRIPT_FUNCTION);
    scope.before("layer", -1);
    return layer(in, rows_of);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
