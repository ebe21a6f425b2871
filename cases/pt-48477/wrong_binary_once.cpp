// The author takes the swap of the weights out of the graph, and believes that once is enough. A checkpoint that comes
// later isn't made binary any more.
#include "program.h"

namespace {

void assign(const Tensor& tensor, const Tensor& values) {
  tensor.copy_(values);
}

class Hybrid : public Classifier {
 protected:
  hybugs::Values answer(const hybugs::Values& arguments, bool binary) override {
    if (binary && weights_.empty()) {
      for (int k = 1; k < static_cast<int>(arguments.size()); k += kPerLayer) {
        weights_.push_back(binary_weight(arguments[k].toTensor()));
      }
    }
    hybugs::Values inputs = arguments;
    for (int layer = 0; binary && layer < kLayers; ++layer) inputs[1 + layer * kPerLayer] = weights_[layer];
    auto& graph = graphs_[binary];
    if (!graph) {
      const auto function = [binary](const hybugs::Values& in) { return classify(in, binary, assign); };
      graph = std::make_unique<hybugs::TracedFunction>("classify", function, inputs);
    }
    return (*graph)(inputs);
  }

 private:
  std::vector<Tensor> weights_;
  std::unique_ptr<hybugs::TracedFunction> graphs_[2];  // full precision, binary
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
