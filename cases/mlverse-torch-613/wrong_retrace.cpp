// The author believes that a graph can hold parameters only as constants: the file has the plain network, and its graph
// is recorded again for each batch.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor run(const Tensor& x) override {
    Module traced("__torch__.Traced");
    traced.register_module("linear", net_.attr("linear").toModule());
    traced.register_module("norm", net_.attr("norm").toModule());
    traced.register_parameter("par", net_.attr("par").toTensor(), false);
    record_forward(traced, net_, x);
    return traced.forward({x}).toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
