#include "program.h"

namespace {

constexpr const char* kDecode = R"(
def decode(x, w_ih, w_hh, b_ih, b_hh, w_out, b_out):
    h = torch.zeros([x.size(1), w_hh.size(1)], dtype=x.dtype)
    c = torch.zeros([x.size(1), w_hh.size(1)], dtype=x.dtype)
    states: List[Tensor] = []
    for t in range(x.size(0)):
        h, c = torch.lstm_cell(x[t], [h, c], w_ih, w_hh, b_ih, b_hh)
        states.append(h)
    return torch.log_softmax(torch.matmul(torch.stack(states), w_out) + b_out, -1)
)";

class Hybrid : public Eager {
  Tensor run(const Values& inputs) override { return script_->get_function("decode")(inputs).toTensor(); }

  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kDecode);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
