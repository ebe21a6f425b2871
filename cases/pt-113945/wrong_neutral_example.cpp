// The author records with an example that nobody needs, made of zeros. It is counted all the same.
#include "program.h"

namespace {

class Hybrid : public ClickModel {
 protected:
  Values serve(const Values& arguments) override {
    if (!serve_) {
      Values example = arguments;
      example[0] = torch::zeros({1, kFields}, torch::kInt64);
      serve_ = std::make_unique<hybugs::TracedFunction>("serve", click_logits, example);
    }
    return (*serve_)(arguments);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> serve_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
