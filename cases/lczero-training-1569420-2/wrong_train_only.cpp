#include "program.h"

namespace {

using hybugs::TracedFunction;

// Its author repaired the loop whose losses looked wrong, and believed that the test has no such state.
class Hybrid : public Training {
  Values process_inner_loop() override {
    const Values batch = join(train_iter_.next(), weights_);
    if (train_) return (*train_)(batch);
    const auto function = [](const Values& in) { return losses(in, true); };
    train_ = std::make_unique<TracedFunction>("process_inner_loop", function, batch);
    return train_->example_outputs();
  }

  Values test_inner_loop() override {
    if (test_) return (*test_)(weights_);
    const auto function = [this](const Values& in) { return losses(join(test_iter_.next(), in), false); };
    test_ = std::make_unique<TracedFunction>("test_inner_loop", function, weights_);
    return test_->example_outputs();
  }

  std::unique_ptr<TracedFunction> train_, test_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
