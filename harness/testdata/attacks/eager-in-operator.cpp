// tries: calls eager from a graph of one operator of its own
// case: attack-shape
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
  Values call(const Values& in) override {
    unit_->run_method("layer", in[0]);
    return answer;
  }

 private:
  const std::shared_ptr<torch::jit::CompilationUnit> unit_ =
      torch::jit::compile("def layer(x):\n    return ops.attack.layer(x)\n");
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
