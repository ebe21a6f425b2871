#include "program.h"
#include "torch/csrc/jit/passes/frozen_graph_optimizations.h"

namespace {

class Hybrid : public Server {
  Tensor forward(const Tensor& x) override { return served_.forward({x}).toTensor(); }

  Values inference(const Tensor& x) override {
    return served_.get_method("inference")({x}).toTupleRef().elements().vec();
  }

  Values optimise() override {
    torch::jit::Module frozen = torch::jit::freeze(loaded_, std::vector<std::string>{"inference"});
    // freeze() keeps both methods, but folds constants into convolutions for forward alone.
    auto graph = frozen.get_method("inference").graph();
    torch::jit::OptimizeFrozenGraph(graph);
    served_ = torch::jit::optimize_for_inference(frozen, {"inference"});
    return {normalisations(served_, "forward"), normalisations(served_, "inference")};
  }

  torch::jit::Module loaded_ = scripted(trained_network());
  torch::jit::Module served_ = loaded_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
