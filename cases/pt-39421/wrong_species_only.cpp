// The author follows the message to the places of the radial terms, and turns the numbers that these come from back:
// the places of the angular terms are next.
#include "program.h"

namespace {

class Hybrid : public Potential {
 protected:
  void set_type(torch::ScalarType type) override {
    model_.to(type);
    model_.setattr("element", model_.attr("element").toTensor().to(torch::kInt64));
  }

  Values energies(const Tensor& numbers, const Tensor& coordinates) override {
    return model_.forward({numbers, coordinates}).toTupleRef().elements();
  }

 private:
  torch::jit::Module model_ = load_model();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
