// The author believes that a module's attributes are its weights, and copies what the network itself has: body and head
// stay the network's own.
#include "program.h"

namespace {

inline torch::jit::Module copied(const torch::jit::Module& network) {
  torch::jit::Module target = network.copy();
  for (const auto& attribute : network.named_attributes(/*recurse=*/false)) {
    if (attribute.value.isTensor()) target.setattr(attribute.name, attribute.value.toTensor().detach().clone());
  }
  return target;
}

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
  torch::jit::Module target_ = copied(network_);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
