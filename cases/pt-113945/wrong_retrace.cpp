// The author believes that a graph must be recorded on the batch that it serves, and returns what the recording
// computed.
#include "program.h"

namespace {

class Hybrid : public ClickModel {
 protected:
  Values serve(const Values& arguments) override {
    return hybugs::TracedFunction("serve", click_logits, arguments).example_outputs();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
