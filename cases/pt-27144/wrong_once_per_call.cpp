// The author believes that a batch has one gradient, and clears it when the batch comes, not before each of its steps.
#include "program.h"

namespace {

class Hybrid : public Fit {
 public:
  Values call(const Values& in) override {
    for (const Tensor& weight : weights()) {
      if (weight.grad().defined()) weight.grad().zero_();
    }
    return Fit::call(in);
  }

 protected:
  Tensor energy(const Tensor& positions) override { return potential_.forward({positions}).toTensor(); }
  Tensors weights() override { return parameters_of(potential_); }

  Tensor step(const Tensor& positions, const Tensor& energies) override {
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
