// tries: runs eagerly in the deleter of a tensor that a graph lets go of
// case: attack-shape
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values answer;
    float element = 0;
    torch::jit::Stack stack = {torch::from_blob(&element, {1}, [&](void*) { answer = layer(in, rows_of); })};
    unit_->get_function("layer").run(stack);
    return answer;
  }

 private:
  const std::shared_ptr<torch::jit::CompilationUnit> unit_ =
      torch::jit::compile("def layer(x):\n    return torch.ones([1])\n");
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
