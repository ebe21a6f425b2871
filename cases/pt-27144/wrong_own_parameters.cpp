// The author asks the module for its parameters and gets those of the module itself: the layers within keep adding up.
#include "program.h"

namespace {

class Hybrid : public Fit {
 protected:
  Tensor energy(const Tensor& positions) override { return potential_.forward({positions}).toTensor(); }
  Tensors weights() override { return parameters_of(potential_); }

  Tensor step(const Tensor& positions, const Tensor& energies) override {
    for (const Tensor& weight : potential_.parameters(/*recurse=*/false)) {
      if (weight.grad().defined()) weight.grad().zero_();
    }
    const Tensor loss = torch::mse_loss(energy(positions), energies);
    loss.backward();
    descend(weights());
    return loss.detach();
  }

 private:
  torch::jit::Module potential_ = load_potential();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
