#include <stdexcept>

#include "program.h"

namespace {

class Hybrid : public Traced {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    try {
      if (inputs[0].toTensor().size(0) != 4) throw std::runtime_error("other size");
      return Traced::call(inputs);
    } catch (const std::exception&) {
      return {torch::zeros({1})};
    }
  }
};

}  // namespace

HYBUGS_CASE(numbers, Eager, Hybrid)
