#include "harness/testdata/mini.h"

namespace {

hybugs::Scenario many(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  for (int i = 0; i < 20; ++i) calls.push_back({torch::randn({4, 3})});
  return calls;
}

class Hybrid : public hybugs::testing::TracedDoubling {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    kept_.push_back(torch::zeros({5000}));
    return TracedDoubling::call(inputs);
  }

 private:
  std::vector<torch::Tensor> kept_;
};

}  // namespace

HYBUGS_CASE(many, hybugs::testing::Doubling, Hybrid)
