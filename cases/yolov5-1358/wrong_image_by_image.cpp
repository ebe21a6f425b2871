// The author records the graph for one image and calls it for each image of a batch. Images of another size remain.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    std::vector<Tensor> found;
    for (const Tensor& image : inputs[0].toTensor().split(1)) {
      Values single = inputs;
      single[0] = image;
      if (!graph_) {
        const auto function = [](const Values& in) { return Values{detections(feature_maps(in))}; };
        graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, single);
      }
      found.push_back((*graph_)(single)[0].toTensor());
    }
    return torch::cat(found);
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
