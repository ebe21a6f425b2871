// The author believes that a graph serves one size of images, and applies the plain functions to images of any other
// size than the first.
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    const auto size = inputs[0].toTensor().sizes().slice(1).vec();
    if (size_.empty()) size_ = size;
    return random_augmentations(inputs, size == size_ ? functions_ : functions(), random_function);
  }

 private:
  std::vector<int64_t> size_;
  std::vector<Function> functions_ = graph_functions();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
