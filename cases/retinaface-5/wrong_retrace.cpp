// The author believes that a graph of a detector is made for one image size, and records it for each batch.
#include "program.h"

namespace {

class Hybrid : public Eager {
  Values run(const Values& inputs) override {
    const auto function = [](const Values& in) { return detect(in, make_anchors(in[0].toTensor())); };
    const hybugs::TracedFunction graph("detect", function, inputs);
    return graph(inputs);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
