#include "program.h"

namespace {

class Hybrid : public Eager {
  Module exported(const Tensor& example) override {
    if (net_.find_method("forward")) return through_file(net_);
    for (const Tensor& parameter : net_.parameters()) parameter.detach_();
    Module traced("__torch__.Traced");
    record_forward(traced, net_, example);
    return through_file(traced);
  }

  Tensor run(const Tensor& x) override {
    return net_.find_method("forward") ? net_.forward({x}).toTensor() : Eager::run(x);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
