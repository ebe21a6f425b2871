// The author finds that the optimiser has the old tensors, and gives it the new ones: the batch normalisation is
// trained again, and nothing else is.
#include "program.h"

namespace {

class Hybrid : public ScriptClassifier {
 protected:
  void import_norm(const Tensors& values) override {
    torch::jit::Module norm = model_.attr("norm").toModule();
    for (size_t k = 0; k < values.size(); ++k) norm.setattr(kNormNames[k], values[k].clone().set_requires_grad(k < 2));
    Tensors trained;
    for (const Tensor& parameter : norm.parameters()) trained.push_back(parameter);
    optimizer_ = std::make_unique<torch::optim::SGD>(trained, kRate);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
