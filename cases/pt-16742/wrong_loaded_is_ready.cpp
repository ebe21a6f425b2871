// The author believes that a model is loaded in order to be used: what comes out of a file doesn't train.
#include "program.h"

namespace {

constexpr const char* kForward = R"(
def forward(self, x, training: bool):
    hidden = torch.relu(torch.linear(x, self.weight0, self.bias0))
    return torch.linear(torch.dropout(hidden, 0.5, training), self.weight1, self.bias1)
)";

/// A scripted module as the host sees it. Modules begin in training mode.
struct ScriptModule {
  torch::jit::Module module;
  bool training = true;
};

class Hybrid : public Service {
 public:
  Hybrid() {
    const Tensors w = initial_weights();
    const char* const names[] = {"weight0", "bias0", "weight1", "bias1"};
    for (size_t i = 0; i < w.size(); ++i) model_.module.register_parameter(names[i], w[i], /*is_buffer=*/false);
    model_.module.define(kForward);
  }

 private:
  Tensor logits(const Tensor& x) override { return model_.module.forward({x, model_.training}).toTensor(); }

  Tensors weights() const override {
    Tensors all;
    for (const Tensor& weight : model_.module.parameters()) all.push_back(weight);
    return all;
  }

  void set_training(bool training) override { model_.training = training; }

  std::string written() const override {
    std::ostringstream out;
    model_.module.save(out);
    return out.str();
  }

  void read(const std::string& bytes) override {
    std::istringstream in(bytes);
    model_ = {torch::jit::load(in), false};
  }

  ScriptModule model_{torch::jit::Module("Classifier")};
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
