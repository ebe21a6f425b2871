// The author turns the two index tensors back after the conversion that failed, the one to double precision, and
// forgets that a conversion to single precision is another one.
#include "program.h"

namespace {

class Hybrid : public Potential {
 protected:
  void set_type(torch::ScalarType type) override {
    model_.to(type);
    if (type != torch::kFloat64) return;
    for (const char* name : {"element", "pair"}) {
      model_.setattr(name, model_.attr(name).toTensor().to(torch::kInt64));
    }
  }

  Values energies(const Tensor& numbers, const Tensor& coordinates) override {
    return model_.forward({numbers, coordinates}).toTupleRef().elements();
  }

 private:
  torch::jit::Module model_ = load_model();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
