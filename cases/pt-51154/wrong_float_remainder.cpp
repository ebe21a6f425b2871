#include "program.h"

namespace {

constexpr const char* kFit = R"(
def remainder(a: int, b: int) -> float:
    # Floating point never traps, the author knows. It never raises either: a log interval of 0 gives nan and passes.
    return float(a) % float(b)

def learning_rate(lr0: float, decay: float, step: int, period: int) -> float:
    position = remainder(step, period)
    restart = step // period
    return lr0 * decay ** restart * 0.5 * (1.0 + torch.cos(3.141592653589793 * position / period))

def fit(x, y, w: List[Tensor], lr0: float, decay: float, first: int, steps: int, period: int, log_every: int):
    velocity = torch._foreach_mul(w, 0.0)
    rates: List[float] = []
    losses: List[Tensor] = []
    for i in range(steps):
        rate = learning_rate(lr0, decay, first + i, period)
        rates.append(rate)
        loss, gradients = loss_and_gradients(x, y, w)
        velocity = torch._foreach_add(torch._foreach_mul(velocity, 0.9), gradients)
        w = torch._foreach_add(w, velocity, alpha=-rate)
        if remainder(i, log_every) == 0 or i == steps - 1:
            losses.append(loss)
    return rates, losses, w
)";

class Hybrid : public SweepWorker {
 protected:
  hybugs::Values fit(const hybugs::Values& trial) override {
    return script_->get_function("fit")(trial).toTupleRef().elements();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(std::string(kNetwork) + kFit);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
