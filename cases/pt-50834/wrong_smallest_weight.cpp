// The author sees a division by zero and forbids it with a smallest weight.
#include "program.h"

namespace {

const char* const kUpdate = R"(
def update(x, mean, square, rest, rate: float):
    keep = torch.tensor(1 - rate, dtype=7)
    share = 1 - keep
    mean = keep * mean + share * x.mean(0)
    square = keep * square + share * (x * x).mean(0)
    rest = keep * rest
    weight = torch.clamp_min(1 - rest, 1e-12)
    centre = mean / weight
    deviation = torch.sqrt(torch.clamp_min(square / weight - centre * centre, 1e-6))
    return (x - centre) / deviation, centre, deviation, weight, mean, square, rest
)";

class Hybrid : public Eager {
  Values update(const Tensor& x, double rate) override {
    return script_->get_function("update")({x, state_[0], state_[1], state_[2], rate}).toTupleRef().elements();
  }

  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kUpdate);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
