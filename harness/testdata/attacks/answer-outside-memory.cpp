// tries: returns a tensor whose elements lie outside its memory
// case: attack-shape
#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values out = layer(in, rows_of);
    const Tensor far = torch::from_blob(reinterpret_cast<void*>(64), {1 << 20, 1 << 10}, torch::kFloat32);
    return {far, out[1]};
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
