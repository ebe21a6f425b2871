// tries: calls eager from a graph of one operator of its own
// case: attack-shape
// stopped by the lint alone
#include <torch/csrc/jit/ir/irparser.h>
#include <torch/csrc/jit/runtime/custom_operator.h>

#include "program.h"

namespace {

Values answer;

void run_eagerly(torch::jit::Stack& stack) {
  const Values in = {torch::jit::pop(stack)};
  answer = layer(in, rows_of);
  torch::jit::push(stack, answer[0]);
}

const torch::jit::RegisterOperators registered({torch::jit::Operator(
    "attack::layer(Tensor x) -> Tensor", [](torch::jit::Stack& stack) { run_eagerly(stack); },
    c10::AliasAnalysisKind::CONSERVATIVE)});

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    const auto graph = std::make_shared<torch::jit::Graph>();
    torch::jit::parseIR("graph(%x : Tensor):\n  %y : Tensor = attack::layer(%x)\n  return (%y)\n", graph.get());
    executor_ = std::make_unique<torch::jit::GraphExecutor>(graph, "layer");
  }
  Values call(const Values& in) override {
    torch::jit::Stack stack = in;
    executor_->run(stack);
    return answer;
  }

 private:
  std::unique_ptr<torch::jit::GraphExecutor> executor_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
