// The author tests the gain alone, sees it on the wrong axis, and doesn't think of the floor.
#include "program.h"

namespace {

const char* const kForward = R"(
def forward(self, x):
    h = torch.relu(torch.conv2d(x, self.kernel1, self.bias1) * self.scale + self.shift)
    y = (torch.conv2d(h, self.kernel2, self.bias2) - self.floor) * self.gain.view(1, 1, 1, -1)
    return torch.addmm(self.head_bias, torch.relu(y).mean([2, 3]), self.head)
)";

class Hybrid : public Eager {
 public:
  Hybrid() {
    for (const Network& network : networks_) modules_.push_back(torch::jit::freeze(make_module(network, kForward)));
  }

 private:
  Tensor run(int64_t device, const Tensor& x) override { return modules_.at(device).forward({x}).toTensor(); }

  std::vector<torch::jit::Module> modules_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
