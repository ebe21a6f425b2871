#include "program.h"

namespace {

class Hybrid : public ScriptClassifier {
 protected:
  void import_norm(const Tensors& values) override {
    const torch::NoGradGuard no_grad;
    const torch::jit::Module norm = model_.attr("norm").toModule();
    for (size_t k = 0; k < values.size(); ++k) norm.attr(kNormNames[k]).toTensor().copy_(values[k]);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
