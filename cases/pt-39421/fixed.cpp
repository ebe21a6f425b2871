#include "program.h"

namespace {

class Hybrid : public Potential {
 protected:
  void set_type(torch::ScalarType type) override {
    const auto convert = [type](const Tensor& tensor) {
      if (tensor.is_floating_point()) tensor.set_data(tensor.data().to(type));
    };
    for (const Tensor& parameter : model_.parameters()) convert(parameter);
    for (const Tensor& buffer : model_.buffers()) convert(buffer);
  }

  Values energies(const Tensor& numbers, const Tensor& coordinates) override {
    return model_.forward({numbers, coordinates}).toTupleRef().elements();
  }

 private:
  torch::jit::Module model_ = load_model();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
