#include "program.h"

namespace {

class Hybrid : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override {
    Values inputs = {x, y};
    inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
    if (!loss_) {
      const auto function = [](const Values& in) {
        std::vector<Tensor> parameters;
        for (std::size_t i = 2; i < in.size(); ++i) parameters.push_back(in[i].toTensor());
        return Values{squared_error(in[0].toTensor(), in[1].toTensor(), parameters)};
      };
      loss_ = std::make_unique<hybugs::TracedFunction>("loss", function, inputs);
    }
    return (*loss_)(inputs)[0].toTensor();
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> loss_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
