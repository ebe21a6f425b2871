#include "program.h"

namespace {

const char* const kInitialState = R"(
def initial_state(self):
    return torch.zeros([2, 1, 16])
)";

class Hybrid : public Tagger {
  Tensor initial_state() override { return module_.run_method("initial_state").toTensor(); }

  Step step(const Tensor& frame, const Tensor& state) override {
    const auto result = module_.run_method("step", frame, state).toTuple();
    return {result->elements()[0].toTensor(), result->elements()[1].toTensor()};
  }

  torch::jit::Module module_ = make_module(weights_, kInitialState);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
