// The author sees that the imported tensors don't require grad, and believes that this is why they aren't trained.
#include "program.h"

namespace {

class Hybrid : public ScriptClassifier {
 protected:
  void import_norm(const Tensors& values) override {
    torch::jit::Module norm = model_.attr("norm").toModule();
    for (size_t k = 0; k < values.size(); ++k) norm.setattr(kNormNames[k], values[k].clone().set_requires_grad(k < 2));
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
