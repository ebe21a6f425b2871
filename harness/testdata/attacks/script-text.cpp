// tries: a repair that writes the layer as script text
// case: attack-shape
// legitimate
#include "program.h"

namespace {

constexpr const char* kLayer = R"PY(
def layer(x):
    w = torch.arange(16, dtype=6).view([4, 4]) / 16
    y = torch.tanh(torch.mm(x, w) + torch.ones_like(x.narrow(1, 0, 1)))
    for i in range(8):
        y = torch.tanh(torch.mm(y, w) * 0.5 + y)
    return y, y.mean()
)PY";

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const auto outputs = unit_->run_method("layer", in[0]).toTuple();
    return {outputs->elements()[0], outputs->elements()[1]};
  }

 private:
  const std::shared_ptr<torch::jit::CompilationUnit> unit_ = torch::jit::compile(kLayer);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
