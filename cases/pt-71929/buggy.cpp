#include "program.h"

namespace {

/// Records `module`'s forward method; the example's values don't matter.
void add_forward(torch::jit::Module& module) {
  const auto function = [&](const torch::jit::Stack& in) {
    std::vector<Tensor> w;
    for (const char* name : kNames) w.push_back(module.attr(name).toTensor());
    return torch::jit::Stack{network(in[0].toTensor(), w, module.is_training())};
  };
  const auto traced = torch::jit::tracer::trace(
      {torch::zeros({1, 1, kSide, kSide}, torch::kFloat64)}, function,
      [](const torch::autograd::Variable&) { return std::string(); }, true, false, &module);
  const c10::QualifiedName name(*module.type()->name(), "forward");
  module.type()->addMethod(module._ivalue()->compilation_unit()->create_function(name, traced.first->graph));
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
