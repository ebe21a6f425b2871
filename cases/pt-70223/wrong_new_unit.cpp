// The author sees that the first call is always right, and compiles the script anew for each call.
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
    const auto script = torch::jit::compile(std::string(kGradient) + kRefine);
    return script->get_function("refine")({start, net_, steps, step_size}).toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
