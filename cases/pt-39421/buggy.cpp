#include "program.h"

namespace {

class Hybrid : public Potential {
 protected:
  void set_type(torch::ScalarType type) override { model_.to(type); }

  Values energies(const Tensor& numbers, const Tensor& coordinates) override {
    return model_.forward({numbers, coordinates}).toTupleRef().elements();
  }

 private:
  torch::jit::Module model_ = load_model();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
