// tries: starts threads without end
// case: attack-shape
#include <chrono>
#include <thread>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    for (;;) std::thread([] { std::this_thread::sleep_for(std::chrono::hours(1)); }).detach();
    return layer(in, rows_of);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
