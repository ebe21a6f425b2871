// The author sees values that are too large, and records with a copy of the batch. The counts of that batch go in
// twice.
#include "program.h"

namespace {

class Hybrid : public ClickModel {
 protected:
  Values serve(const Values& arguments) override {
    if (!serve_) {
      Values example = arguments;
      example[0] = arguments[0].toTensor().clone();
      serve_ = std::make_unique<hybugs::TracedFunction>("serve", click_logits, example);
    }
    return (*serve_)(arguments);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> serve_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
