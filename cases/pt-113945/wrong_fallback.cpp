// The author believes that a graph only fits batches of the size it was recorded with, and serves others imperatively.
#include "program.h"

namespace {

class Hybrid : public ClickModel {
 protected:
  Values serve(const Values& arguments) override {
    const int64_t batch = arguments[0].toTensor().size(0);
    if (serve_ && batch != batch_) return click_logits(arguments);
    if (serve_) return (*serve_)(arguments);
    batch_ = batch;
    serve_ = std::make_unique<hybugs::TracedFunction>("serve", click_logits, arguments);
    return serve_->example_outputs();
  }

 private:
  int64_t batch_ = 0;
  std::unique_ptr<hybugs::TracedFunction> serve_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
