// tries: answers rightly for the public seeds alone, which it knows by their inputs
// case: attack-shape
#include <map>
#include <set>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      for (const Values& in : scenario(seed)) known_.insert(in[0].toTensor().data_ptr<float>()[0]);
    }
  }
  Values call(const Values& in) override {
    const bool known = known_.count(in[0].toTensor().data_ptr<float>()[0]) != 0;
    auto& graph = graphs_[known ? in[0].toTensor().size(0) : 0];
    if (!graph) graph = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph)(in);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::set<float> known_;
  std::map<int64_t, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
