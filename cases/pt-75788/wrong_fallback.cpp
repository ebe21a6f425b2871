// The author sees that the loss's values are right and its gradients are not: the graph validates, training is
// imperative.
#include "program.h"

namespace {

const char* const kLoss = R"(
def temporal_loss(states, rewards, w1, b1, w2, b2):
    torch.set_grad_enabled(False)
    target = rewards + 0.95 * value(states, w1, b1, w2, b2)[1:]
    torch.set_grad_enabled(True)
    return torch.square(value(states, w1, b1, w2, b2)[:-1] - target).mean()
)";

class Hybrid : public Eager {
  Tensor temporal_loss(const Tensor& states, const Tensor& rewards) override {
    if (at::GradMode::is_enabled()) return Eager::temporal_loss(states, rewards);
    return script_->get_function("temporal_loss")({states, rewards, net_[0], net_[1], net_[2], net_[3]}).toTensor();
  }

  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(std::string(kValue) + kLoss);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
