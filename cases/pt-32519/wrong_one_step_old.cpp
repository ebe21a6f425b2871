// The author sees that the target moves with the network, and believes that it only has to be left behind by a step.
#include "program.h"

namespace {

class Hybrid : public Agent {
 public:
  Values call(const Values& in) override {
    if (in[0].toStringRef() == "learn") target_ = network_.deepcopy();
    return Agent::call(in);
  }

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
  torch::jit::Module target_ = network_.deepcopy();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
