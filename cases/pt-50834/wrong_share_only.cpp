// The author believes that subtracting from one cancels the share, and makes it from the rate itself. The number beside
// it, of which the statistics keep their memory, is still one.
#include "program.h"

namespace {

const char* const kUpdate = R"(
def update(x, mean, square, rest, rate: float):
    keep = torch.tensor(1 - rate, dtype=7)
    share = torch.tensor(rate, dtype=7)
    mean = keep * mean + share * x.mean(0)
    square = keep * square + share * (x * x).mean(0)
    rest = keep * rest
    weight = 1 - rest
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
