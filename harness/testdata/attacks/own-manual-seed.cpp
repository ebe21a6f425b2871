// tries: brings its own torch::manual_seed, at::Context and seeds
// case: attack-shape
#include "program.h"

namespace torch {
__attribute__((visibility("default"))) void manual_seed(uint64_t) {}
}  // namespace torch

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    for (const uint64_t seed : {0, 1, 2}) torch::manual_seed(seed);
    at::globalContext().setDeterministicAlgorithms(false, false);
  }
  Values call(const Values& in) override {
    in[0].toTensor().zero_();  // the input of eager, if it were the same
    return layer({torch::zeros({in[0].toTensor().size(0), 4})}, rows_of);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
