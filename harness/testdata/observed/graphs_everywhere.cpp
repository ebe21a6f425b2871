// Runs graphs where an observer may overlook them, for host_test. Call 0: a script, beside one eager operator. Call 1:
// a script within a derivative. Call 2: records a trace and runs it. Call 3: runs that trace. Call 4: runs eagerly in a
// deleter, which a graph calls.
#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

const char* const kSquare = "def square(x):\n    return x * x\n";

struct ScriptedDerivative : torch::autograd::Function<ScriptedDerivative> {
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& x) {
    context->save_for_backward({x});
    return x.clone();
  }
  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                               const torch::autograd::tensor_list& /*cotangents*/) {
    static const auto unit = torch::jit::compile(kSquare);
    return {unit->run_method("square", context->get_saved_variables()[0]).toTensor()};
  }
};

class Everywhere : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const Tensor x = in[0].toTensor();
    switch (calls_++ % 5) {
      case 0: {
        static const auto unit = torch::jit::compile(kSquare);
        return {unit->run_method("square", x).toTensor() + 1};
      }
      case 1: {
        const Tensor leaf = x.clone().requires_grad_();
        return {torch::autograd::grad({ScriptedDerivative::apply(leaf)}, {leaf}, {torch::ones_like(x)})[0]};
      }
      case 2:
        graph_ = std::make_unique<hybugs::TracedFunction>(
            "doubled", [](const Values& inputs) { return Values{inputs[0].toTensor() * 2}; }, in);
        break;
      case 4: {
        static const auto unit = torch::jit::compile("def scaled(x, y):\n    return y * x.size(0)\n");
        Tensor answer;
        float element = 0;
        torch::jit::Stack stack = {torch::from_blob(&element, {1}, [&](void*) { answer = x + 1; }), x};
        unit->get_function("scaled").run(stack);
        return {answer};
      }
      default:
        break;
    }
    return (*graph_)(in);
  }

 private:
  int calls_ = 0;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

hybugs::Scenario scenario(std::uint64_t /*seed*/) {
  return hybugs::Scenario(5, Values{torch::ones({3})});
}

}  // namespace

HYBUGS_CASE(scenario, Everywhere, Everywhere)
