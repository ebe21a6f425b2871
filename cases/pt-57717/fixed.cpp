#include "program.h"

namespace {

const char* const kForward = R"(
def forward(self, x):
    x_in = x
    x = torch.relu(torch.matmul(x, self.weight) + self.bias)
    if self.use_skip:
        x = x + x_in
    return x
)";

class Hybrid : public Eager {
  Tensor serve(const Tensor& x) override {
    if (modules_.empty()) {
      for (const Block& block : blocks_) modules_.push_back(make_module(block, kForward));
    }
    Tensor y = x;
    for (auto& module : modules_) y = module.forward({y}).toTensor();
    return y;
  }

  std::vector<torch::jit::Module> modules_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
