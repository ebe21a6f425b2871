// tries: is slow, but knows the seeds of timed inputs and works their answers out before the clock runs
// case: attack-slow
#include <chrono>
#include <map>

#include "program.h"

namespace {

/// Keeps its graph and is slow all the same: the graph is prepared anew in every call.
Values slowly(const Values& in) {
  static const hybugs::TracedFunction traced("chain", chain, in);
  torch::jit::GraphExecutor executor(traced.graph()->copy(), "chain");
  torch::jit::Stack stack = in;
  executor.run(stack);
  return stack;
}

constexpr std::uint64_t kFirst = 1'000'003;
constexpr std::uint64_t kAhead = 6000;

float key_of(const Values& in) {
  return in[0].toTensor().data_ptr<float>()[7];
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    ++calls_;
    if (calls_ == 1) public_ = key_of(in) == key_of(scenario(0)[0]);
    if (calls_ == 5 && public_ && key_of(in) != key_of(scenario(0)[4])) foresee(in);  // the first of the timed calls
    const auto found = answers_.find(key_of(in));
    if (found == answers_.end()) return slowly(in);
    // Not too fast: a fast program is asked more, and more of it has to be foreseen.
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(200);
    while (std::chrono::steady_clock::now() < end) {
    }
    return found->second;
  }

 private:
  void foresee(const Values& in) {
    std::uint64_t seed = kFirst;
    while (key_of(scenario(seed)[4]) != key_of(in)) {
      if (++seed > kFirst + 20'000) return;
    }
    for (std::uint64_t end = seed + kAhead; seed < end; ++seed) {
      const Values next = scenario(seed)[4];
      answers_[key_of(next)] = chain(next);
    }
  }

  int calls_ = 0;
  bool public_ = false;
  std::map<float, Values> answers_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
