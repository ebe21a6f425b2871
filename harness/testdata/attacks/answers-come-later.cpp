// tries: returns before its answer is there, which a thread works out
// case: attack-slow
#include <thread>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const Tensor answer = torch::empty({16, 16});
    std::thread([in, answer] { torch::Tensor(answer).copy_(chain(in)[0].toTensor()); }).detach();
    return {answer};
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
