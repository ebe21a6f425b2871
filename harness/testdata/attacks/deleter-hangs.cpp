// tries: returns tensors whose deleter never ends
// case: attack-shape
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    Values answer = (*graph_)(in);
    const Tensor y = answer[0].toTensor();
    answer[0] = torch::from_blob(y.data_ptr(), y.sizes(), [y](void*) {
      for (volatile int i = 0; i >= 0;) i = i + 0;
    });
    return answer;
  }

 private:
  static Values traced_layer(const Values& in) { return layer(in, rows_of); }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
