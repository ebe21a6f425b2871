// The author believes that pixels come in whole numbers, and divides integers.
#include "program.h"

namespace {

constexpr const char* kDecode = R"(
def decode(prediction, cell, stride, size: int, keep: int):
    whole = stride.to(4)
    side = -torch.div(torch.full_like(whole, -size), whole, rounding_mode="floor").to(stride.dtype)
    reach = side * stride
    place = cell[1] * side + cell[0]
    centre = (torch.sigmoid(prediction[:2]) + cell) / side
    extent = torch.exp(prediction[2:4]) * stride / reach
    confidence, best = torch.topk(torch.sigmoid(prediction[4]), keep)
    boxes = torch.cat([centre, extent]).index_select(1, best)
    return reach, place, boxes, confidence, best
)";

class Hybrid : public Eager {
 protected:
  Values decode(const Values& in) override { return script_->get_function("decode")(in).toTupleRef().elements().vec(); }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kDecode);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
