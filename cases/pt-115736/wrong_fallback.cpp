// The author believes that numbers can't be handed to a graph without loss, makes the grid imperatively and leaves the
// graph the integration.
#include "program.h"

namespace {

class Hybrid : public Eager {
 protected:
  Tensor integrate(const Tensor& t, const Tensor& y) override {
    return script_->get_function("integrate")({t, y, w_}).toTensor();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kIntegrate);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
