// The author believes that a graph holds the parameters of the moment, and records it for each step.
#include "program.h"

namespace {

class Hybrid : public Trainer {
 protected:
  Tensor loss_of(const Tensor& x, const Tensor& y) override {
    Values inputs = {x, y};
    inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
    const auto function = [](const Values& in) {
      std::vector<Tensor> parameters;
      for (std::size_t i = 2; i < in.size(); ++i) parameters.push_back(in[i].toTensor());
      return Values{squared_error(in[0].toTensor(), in[1].toTensor(), parameters)};
    };
    const hybugs::TracedFunction loss("loss", function, inputs);
    return loss(inputs)[0].toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
