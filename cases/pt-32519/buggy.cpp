#include "program.h"

namespace {

class Hybrid : public Agent {
 protected:
  Tensor values(const Tensor& states) override { return network_.forward({states}).toTensor(); }

  Tensor worth(const Tensor& states) override {
    const torch::NoGradGuard no_grad;
    return target_.get_method("worth")({states}).toTensor();
  }

  Tensors weights() override { return parameters_of(network_); }
  Tensors target_weights() override { return parameters_of(target_); }

 private:
  torch::jit::Module network_ = make_network();
  torch::jit::Module target_ = network_.copy();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
