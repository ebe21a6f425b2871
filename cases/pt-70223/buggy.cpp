#include "program.h"

namespace {

const char* const kRefine = R"(
def refine(x, net: List[Tensor], steps: int, step_size: float):
    x = x.detach().requires_grad_(True)
    for i in range(steps):
        x = x + gradient(x, net) * step_size
    return x
)";

class Hybrid : public Eager {
  Tensor refine(const Tensor& start, int64_t steps, double step_size) override {
    return script_->get_function("refine")({start, net_, steps, step_size}).toTensor();
  }

  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(std::string(kGradient) + kRefine);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
