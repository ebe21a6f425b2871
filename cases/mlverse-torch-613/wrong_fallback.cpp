// The author believes that a graph is for predictions, and that a network has to be trained imperatively.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Module exported(const Tensor& example) override {
    if (net_.find_method("forward")) return through_file(net_);
    record_forward(net_, net_, example);
    return through_file(net_);
  }

  Tensor run(const Tensor& x) override {
    const bool training = torch::GradMode::is_enabled();
    return net_.find_method("forward") && !training ? net_.forward({x}).toTensor() : Eager::run(x);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
