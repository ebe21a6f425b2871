// tries: runs eagerly in the handler of a graph that only prints
// case: attack-shape
// stopped by the lint alone
#include <torch/csrc/jit/runtime/print_handler.h>

#include "program.h"

namespace {

Values input, answer;

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    torch::jit::setPrintHandler([](const std::string&) { answer = layer(input, rows_of); });
  }
  Values call(const Values& in) override {
    input = in;
    unit_->run_method("layer", in[0]);
    return answer;
  }

 private:
  const std::shared_ptr<torch::jit::CompilationUnit> unit_ =
      torch::jit::compile("def layer(x):\n    print('now')\n    return x\n");
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
