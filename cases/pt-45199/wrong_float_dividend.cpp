// The author gives the compiler a float to divide, as the discussion of the report advises, and believes that a stride
// is always one number.
#include "program.h"

namespace {

constexpr const char* kDecode = R"(
def decode(prediction, cell, stride, size: int, keep: int):
    side = -(float(-size) // stride)
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
