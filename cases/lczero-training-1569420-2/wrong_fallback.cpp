#include "program.h"

namespace {

using hybugs::TracedFunction;

// Its author believed that a graph is good for the batch it was recorded on, and computes the others eagerly.
class Hybrid : public Training {
  Values process_inner_loop() override {
    if (train_) return losses(join(train_iter_.next(), weights_), true);
    const auto function = [this](const Values& in) { return losses(join(train_iter_.next(), in), true); };
    train_ = std::make_unique<TracedFunction>("process_inner_loop", function, weights_);
    return train_->example_outputs();
  }

  Values test_inner_loop() override {
    if (test_) return losses(join(test_iter_.next(), weights_), false);
    const auto function = [this](const Values& in) { return losses(join(test_iter_.next(), in), false); };
    test_ = std::make_unique<TracedFunction>("test_inner_loop", function, weights_);
    return test_->example_outputs();
  }

  std::unique_ptr<TracedFunction> train_, test_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
