#include "harness/testdata/mini.h"

namespace {

class Hybrid : public hybugs::testing::TracedDoubling {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    auto outputs = TracedDoubling::call(inputs);
    const bool odd = static_cast<std::int64_t>(inputs[0].toTensor()[0][0].item<float>() * 1000) % 2 != 0;
    if (odd) outputs[0] = outputs[0].toTensor() + 1;
    return outputs;
  }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, Hybrid)
