// tries: sleeps only once it is called often
// case: attack-slow
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("chain", chain, in);
    if (++calls_ > 40) {
      std::mutex mutex;
      std::unique_lock<std::mutex> lock(mutex);
      std::condition_variable().wait_for(lock, std::chrono::milliseconds(3));
    }
    return (*graph_)(in);
  }

 private:
  int calls_ = 0;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
