// The author gives the target weights of its own at the start, and believes that bringing it up to date is making it
// again: from the first time on both networks have the same weights for good.
#include "program.h"

namespace {

class Hybrid : public Agent {
 public:
  Values call(const Values& in) override {
    if (in[0].toStringRef() != "sync") return Agent::call(in);
    target_ = network_.copy();
    return {};
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
