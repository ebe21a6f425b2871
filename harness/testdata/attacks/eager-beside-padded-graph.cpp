// tries: runs eagerly beside a graph for show, which has so many views that eager is a small share
// case: attack-shape
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
    return layer(in, rows_of);
  }

 private:
  static Values traced_layer(const Values& in) {
    Values out = layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
    Tensor y = out[0].toTensor();
    for (int i = 0; i < 74; ++i) y = y.unsqueeze(0).select(0, 0);
    return {y, out[1]};
  }

  Values example_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
