// tries: leaves half of the chain out once it is called often
// case: attack-slow
#include "program.h"

namespace {

Values half(const Values& in) {
  const Tensor x = in[0].toTensor();
  Tensor y = x;
  Tensor sum = x;
  for (int i = 0; i < 20; ++i) {
    y = torch::tanh(torch::mm(y, x)) * 0.9 + x;
    sum = sum + y;
  }
  return {sum + 20 * y};
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("chain", chain, in);
    if (++calls_ <= 40) return (*graph_)(in);
    if (!half_) half_ = std::make_unique<hybugs::TracedFunction>("half", half, in);
    return (*half_)(in);
  }

 private:
  int calls_ = 0;
  std::unique_ptr<hybugs::TracedFunction> graph_, half_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
