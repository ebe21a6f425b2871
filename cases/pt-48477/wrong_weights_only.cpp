// The author sees that the graph uses the weights of full precision, and hands binary ones in. The activations, whose
// values are swapped in the same way, stay.
#include "program.h"

namespace {

void assign(const Tensor& tensor, const Tensor& values) {
  tensor.set_data(values);
}

class Hybrid : public Classifier {
 protected:
  hybugs::Values answer(const hybugs::Values& arguments, bool binary) override {
    hybugs::Values inputs = arguments;
    for (int k = 1; binary && k < static_cast<int>(inputs.size()); k += kPerLayer) {
      inputs[k] = binary_weight(inputs[k].toTensor());
    }
    auto& graph = graphs_[binary];
    if (!graph) {
      const auto function = [binary](const hybugs::Values& in) { return classify(in, binary, assign); };
      graph = std::make_unique<hybugs::TracedFunction>("classify", function, inputs);
    }
    return (*graph)(inputs);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> graphs_[2];  // full precision, binary
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
