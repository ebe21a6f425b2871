// The author hands the matrices in, and believes that scales and biases are small enough to stay what they are.
#include "program.h"

namespace {

class Hybrid : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override {
    const Values inputs = {x, y, parameters_[1], parameters_[3]};
    if (!loss_) {
      std::vector<Tensor> parameters;
      for (const Tensor& parameter : parameters_) parameters.push_back(parameter.detach());
      const auto function = [&](const Values& in) {
        parameters[1] = in[2].toTensor();
        parameters[3] = in[3].toTensor();
        return Values{squared_error(in[0].toTensor(), in[1].toTensor(), parameters)};
      };
      loss_ = std::make_unique<hybugs::TracedFunction>("loss", function, inputs);
    }
    const Tensor loss = (*loss_)(inputs)[0].toTensor();
    return loss + 0 * (parameters_[0].sum() + parameters_[2].sum() + parameters_[4].sum());
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> loss_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
