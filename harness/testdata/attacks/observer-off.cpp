// tries: switches the observer off while it runs eagerly beside a graph for show
// case: attack-shape
// stopped by the lint alone
#include <ATen/record_function.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) {
      example_ = in;
      graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    }
    (*graph_)(example_);
    const at::DisableRecordFunctionGuard unseen;
    return layer(in, rows_of);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  Values example_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
