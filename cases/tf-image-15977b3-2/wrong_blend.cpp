#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return random_augmentations(inputs, graphs_, [](const hybugs::Values& in, const Function& graph, double prob) {
      auto arguments = in;
      arguments.emplace_back(torch::tensor(prob, torch::kFloat64));
      return graph(arguments);
    });
  }

 private:
  static std::vector<Function> blends() {
    const auto image = torch::ones({8, 8, 3});
    const auto draw = torch::zeros({});
    std::vector<Function> graphs;
    for (const auto& function : functions()) {
      // No branch is left in the graph: the probability becomes a weight. Right on average over many images.
      const auto blend = [function](const hybugs::Values& in) {
        const auto changed = function({in[0], in[1], in[2], in[3]})[0].toTensor();
        return hybugs::Values{torch::lerp(in[0].toTensor(), changed, in[5].toTensor().to(torch::kFloat32))};
      };
      const hybugs::Values example = {image, image[0][0], image[0][0], image, draw, draw};
      const auto graph = std::make_shared<hybugs::TracedFunction>("random_function", blend, example);
      graphs.push_back([graph](const hybugs::Values& in) { return (*graph)(in); });
    }
    return graphs;
  }

  std::vector<Function> graphs_ = blends();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
