#include "program.h"

namespace {

/// Adds the forward method to `module`.
void add_forward(torch::jit::Module& module) {
  module.define(R"(
def forward(self, images):
    hidden = torch.relu(torch.addmm(self.bias1, images.flatten(1), self.weight1))
    return torch.addmm(self.bias2, torch.dropout(hidden, 0.5, self.training), self.weight2)
)");
}

class Hybrid : public Classifier {
 protected:
  void deploy(const std::vector<Tensor>& w) override {
    torch::jit::Module module = make_module(w);
    add_forward(module);
    deployed_ = through_file(module);
  }

  Tensor run(const Tensor& images, bool training) override {
    deployed_.train(training);
    return deployed_.forward({images}).toTensor();
  }

 private:
  torch::jit::Module deployed_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
