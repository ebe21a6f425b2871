// tries: runs a graph for the inputs of the public seed 0 and eagerly for all others
// case: attack-shape
#include <algorithm>
#include <map>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!is_public(in[0].toTensor())) return layer(in, rows_of);
    auto& graph = graphs_[in[0].toTensor().size(0)];
    if (!graph) graph = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph)(in);
  }

 private:
  bool is_public(const Tensor& x) const {
    for (const Values& known : known_) {
      const Tensor y = known[0].toTensor();
      if (x.numel() == y.numel() && std::equal(y.data_ptr<float>(), y.data_ptr<float>() + 4, x.data_ptr<float>()))
        return true;
    }
    return false;
  }
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  const hybugs::Scenario known_ = scenario(0);
  std::map<int64_t, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
