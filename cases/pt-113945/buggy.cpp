#include "program.h"

namespace {

class Hybrid : public ClickModel {
 protected:
  Values serve(const Values& arguments) override {
    if (!serve_) serve_ = std::make_unique<hybugs::TracedFunction>("serve", click_logits, arguments);
    return (*serve_)(arguments);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> serve_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
