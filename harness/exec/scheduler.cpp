#include "harness/exec/scheduler.h"

#include <signal.h>
#include <unistd.h>

#include <thread>
#include <vector>

namespace hybugs {
namespace {

std::atomic<bool> stop_requested{false};

void stop_on_signal(int signal) {
  if (stop_requested.exchange(true)) ::_exit(128 + signal);
}

}  // namespace

void for_each_parallel(std::size_t count, int jobs, const std::atomic<bool>& stop,
                       const std::function<void(std::size_t, int)>& task) {
  std::atomic<std::size_t> next{0};
  const auto work = [&](int thread) {
    while (!stop) {
      const std::size_t item = next++;
      if (item >= count) return;
      task(item, thread);
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 1; thread < jobs; ++thread) threads.emplace_back(work, thread);
  work(0);
  for (auto& thread : threads) thread.join();
}

const std::atomic<bool>& stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = stop_on_signal;
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  return stop_requested;
}

const std::atomic<bool>& stop_flag() {
  return stop_requested;
}

void request_stop() {
  stop_requested = true;
}

}  // namespace hybugs
