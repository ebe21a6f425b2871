// Programs that behave until they are timed. Eager returns its input, which takes about a microsecond.
#pragma once

#include <chrono>

#include "harness/sdk/program.h"

namespace hybugs::testing {

inline Scenario one_vector(std::uint64_t seed) {
  torch::manual_seed(seed);
  return {{torch::randn({8})}, {torch::randn({8})}};
}

class Identity : public Program {
 public:
  Values call(const Values& inputs) override {
    ++calls_;
    return inputs;
  }

 protected:
  int calls_ = 0;
};

/// Adds `us` microseconds of work to a call.
inline void work(int us) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(us);
  while (std::chrono::steady_clock::now() < end) {
  }
}

}  // namespace hybugs::testing
