// tries: is slow, and keeps all processors busy while it is the turn of the real repair
// case: attack-slow
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

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

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    busy_ = true;
    if (++calls_ == 30) {
      for (int i = 0; i < 60; ++i) std::thread([this] { hog(); }).detach();
    }
    Values answer = slowly(in);
    ended_ = std::chrono::steady_clock::now();
    busy_ = false;
    return answer;
  }

 private:
  void hog() {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      const auto idle = std::chrono::steady_clock::now() - ended_.load();
      if (busy_ || idle < std::chrono::milliseconds(4)) never.wait_for(lock, std::chrono::milliseconds(3));
    }
  }

  int calls_ = 0;
  std::atomic<bool> busy_{false};
  std::atomic<std::chrono::steady_clock::time_point> ended_{std::chrono::steady_clock::now()};
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
