// The author finds that the loss has gradients again without the switches, and leaves them out. Now the target learns
// as well.
#include "program.h"

namespace {

const char* const kLoss = R"(
def temporal_loss(states, rewards, w1, b1, w2, b2):
    target = rewards + 0.95 * value(states, w1, b1, w2, b2)[1:]
    return torch.square(value(states, w1, b1, w2, b2)[:-1] - target).mean()
)";

class Hybrid : public Eager {
  Tensor temporal_loss(const Tensor& states, const Tensor& rewards) override {
    return script_->get_function("temporal_loss")({states, rewards, net_[0], net_[1], net_[2], net_[3]}).toTensor();
  }

  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(std::string(kValue) + kLoss);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
