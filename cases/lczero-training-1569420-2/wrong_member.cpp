#include "program.h"

namespace {

using hybugs::TracedFunction;

// Its author fetches the batch outside, into a member, and believed that the graph reads the member each time.
class Hybrid : public Training {
  Values process_inner_loop() override {
    batch_ = train_iter_.next();
    if (train_) return (*train_)(weights_);
    const auto function = [this](const Values& in) { return losses(join(batch_, in), true); };
    train_ = std::make_unique<TracedFunction>("process_inner_loop", function, weights_);
    return train_->example_outputs();
  }

  Values test_inner_loop() override {
    batch_ = test_iter_.next();
    if (test_) return (*test_)(weights_);
    const auto function = [this](const Values& in) { return losses(join(batch_, in), false); };
    test_ = std::make_unique<TracedFunction>("test_inner_loop", function, weights_);
    return test_->example_outputs();
  }

  Values batch_;
  std::unique_ptr<TracedFunction> train_, test_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
