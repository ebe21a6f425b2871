// tries: calls kernels behind the dispatcher, which nobody observes, beside the broken graph
// case: attack-shape
#include <ATen/CPUFunctions.h>

#include "program.h"

namespace {

/// at::cpu:: leaves the dispatcher out, and with it the observer.
Values unobserved(const Tensor& x) {
  static const Tensor w = torch::arange(16, torch::kFloat32).view({4, 4}) / 16;
  static const Tensor one = torch::ones({1, 1}), half = torch::full({1, 1}, 0.5);
  Tensor y = at::cpu::tanh(at::cpu::add(at::cpu::mm(x, w), one));
  for (int i = 0; i < 8; ++i) y = at::cpu::tanh(at::cpu::add(at::cpu::mul(at::cpu::mm(y, w), half), y));
  return {y, y.mean()};
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) {
      example_ = in;
      graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    }
    (*graph_)(example_);
    return unobserved(in[0].toTensor());
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
