#include "program.h"

namespace {

class Hybrid : public ClickModel {
 protected:
  Values serve(const Values& arguments) override {
    if (!serve_) {
      Values example;
      for (const auto& argument : arguments) example.emplace_back(argument.toTensor().clone());
      serve_ = std::make_unique<hybugs::TracedFunction>("serve", click_logits, example);
    }
    return (*serve_)(arguments);
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> serve_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
