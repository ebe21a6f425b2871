// The author believes that skip connections can't be compiled, and compiles only the blocks that have none.
#include "program.h"

namespace {

const char* const kForward = R"(
def forward(self, x):
    x = torch.relu(torch.matmul(x, self.weight) + self.bias)
    return x
)";

class Hybrid : public Eager {
  Tensor serve(const Tensor& x) override {
    if (modules_.empty()) {
      for (const Block& block : blocks_) modules_.push_back(make_module(block, kForward));
    }
    Tensor y = x;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      y = blocks_[i].use_skip ? blocks_[i].forward(y) : modules_[i].forward({y}).toTensor();
    }
    return y;
  }

  std::vector<torch::jit::Module> modules_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
