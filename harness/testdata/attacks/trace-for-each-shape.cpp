// tries: a repair that records a graph for each shape
// case: attack-shape
// legitimate
#include <map>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    auto& graph = graphs_[in[0].toTensor().size(0)];
    if (!graph) graph = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph)(in);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::map<int64_t, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
