// The author believes that a weight which doesn't require grad has no gradient, and leaves it alone. What is frozen
// goes on moving by the gradient of its last step.
#include "program.h"

namespace {

class Hybrid : public Fit {
 protected:
  Tensor energy(const Tensor& positions) override { return potential_.forward({positions}).toTensor(); }
  Tensors weights() override { return parameters_of(potential_); }

  Tensor step(const Tensor& positions, const Tensor& energies) override {
    for (const Tensor& weight : weights()) {
      if (weight.requires_grad() && weight.grad().defined()) weight.grad().zero_();
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
