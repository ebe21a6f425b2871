#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor run(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{decode(in)}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("decode", function, inputs);
    }
    return (*graph_)(inputs)[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
