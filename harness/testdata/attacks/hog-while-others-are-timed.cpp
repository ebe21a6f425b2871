// tries: is slow, and keeps the processors busy while it is the turn of the real repair
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
    hogging_ = false;
    ended_ = 0;
    if (++calls_ == 24) {
      std::thread([this] { watch(); }).detach();
      for (int i = 0; i < 30; ++i) std::thread([this] { hog(); }).detach();
    }
    Values answer = slowly(in);
    ended_ = now();
    return answer;
  }

 private:
  static std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

  /// A pause of half a millisecond between calls: it is the turn of others.
  void watch() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      never_.wait_for(lock, std::chrono::microseconds(300));
      if (hogging_ || ended_ == 0 || now() - ended_ < 500'000) continue;
      hogging_ = true;
      turn_.notify_all();
    }
  }
  void hog() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      turn_.wait(lock);
      lock.unlock();
      while (hogging_) {
      }
      lock.lock();
    }
  }

  int calls_ = 0;
  std::mutex mutex_;
  std::condition_variable never_, turn_;
  std::atomic<bool> hogging_{false};
  std::atomic<std::int64_t> ended_{0};
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
