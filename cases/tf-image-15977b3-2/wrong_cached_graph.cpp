#include <map>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return random_augmentations(inputs, functions_, [this](const auto&... arguments) { return cached(arguments...); });
  }

 private:
  hybugs::Values cached(const hybugs::Values& in, const Function& function, double prob) {
    // One graph for each function and probability: the key that tf.function would use.
    auto& graph = graphs_[{&function, prob}];
    if (!graph) {
      const auto body = [&](const hybugs::Values& arguments) { return random_function(arguments, function, prob); };
      graph = std::make_unique<hybugs::TracedFunction>("random_function", body, in);
    }
    return (*graph)(in);
  }

  std::vector<Function> functions_ = graph_functions();
  std::map<std::pair<const Function*, double>, std::unique_ptr<hybugs::TracedFunction>> graphs_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
