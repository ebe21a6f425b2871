// The author switches the gradients off while the graph is recorded, and on again. The graph then holds constants that
// require a gradient, which no executor takes.
#include "program.h"

namespace {

class Hybrid : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override {
    const Values batch = {x, y};
    if (!loss_) {
      for (Tensor& parameter : parameters_) parameter.requires_grad_(false);
      const auto function = [this](const Values& in) {
        return Values{squared_error(in[0].toTensor(), in[1].toTensor(), parameters_)};
      };
      loss_ = std::make_unique<hybugs::TracedFunction>("loss", function, batch);
      for (Tensor& parameter : parameters_) parameter.requires_grad_(true);
    }
    return (*loss_)(batch)[0].toTensor();
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> loss_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
