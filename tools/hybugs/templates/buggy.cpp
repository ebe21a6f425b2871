#include "program.h"

namespace {

// TODO: the hybrid program with its bug. Here the number of rows is read while tracing and becomes a constant.
Tensor append_ones(const Tensor& x) {
  return torch::cat({x, torch::ones({x.size(0), 1}, x.options())}, 1);
}

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    if (!layer_) {
      const auto function = [](const hybugs::Values& in) { return layer(in, append_ones); };
      layer_ = std::make_unique<hybugs::TracedFunction>("layer", function, inputs);
    }
    return (*layer_)(inputs);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> layer_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
