// The author follows the advice in the message and detaches. As the loss then needs no gradient, the parameters are
// tied to it again by a term that is zero, and so are all gradients.
#include "program.h"

namespace {

class Hybrid : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override {
    const Values batch = {x, y};
    if (!loss_) {
      std::vector<Tensor> values;
      for (const Tensor& parameter : parameters_) values.push_back(parameter.detach());
      const auto function = [&](const Values& in) {
        return Values{squared_error(in[0].toTensor(), in[1].toTensor(), values)};
      };
      loss_ = std::make_unique<hybugs::TracedFunction>("loss", function, batch);
    }
    Tensor loss = (*loss_)(batch)[0].toTensor();
    for (const Tensor& parameter : parameters_) loss = loss + 0 * parameter.sum();
    return loss;
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> loss_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
