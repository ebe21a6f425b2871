#include "program.h"

namespace {

class Hybrid : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override {
    const Values batch = {x, y};
    if (!loss_) {
      const auto function = [this](const Values& in) {
        return Values{squared_error(in[0].toTensor(), in[1].toTensor(), parameters_)};
      };
      loss_ = std::make_unique<hybugs::TracedFunction>("loss", function, batch);
    }
    return (*loss_)(batch)[0].toTensor();
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> loss_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
