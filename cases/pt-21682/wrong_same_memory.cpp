// The author keeps the tensors and lets them point to the numbers of the row: training goes on, and writes into the
// row.
#include "program.h"

namespace {

class Hybrid : public ScriptClassifier {
 protected:
  void import_norm(const Tensors& values) override {
    const torch::jit::Module norm = model_.attr("norm").toModule();
    for (size_t k = 0; k < values.size(); ++k) norm.attr(kNormNames[k]).toTensor().set_data(values[k]);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
