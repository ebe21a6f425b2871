// The author believes that the graph of a recurrent network belongs to the batch it was recorded with, and records it
// for each one.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Tensor run(const Values& inputs) override {
    const auto function = [](const Values& in) { return Values{decode(in)}; };
    const hybugs::TracedFunction graph("decode", function, inputs);
    return graph(inputs)[0].toTensor();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
