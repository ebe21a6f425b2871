#include "harness/exec/timed_process.h"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "harness/core/compare.h"
#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

constexpr double kGoogleBenchmarkSeconds = 10;
constexpr double kMostUnrest = 0.1;  // seconds; a program may have a thread that never sleeps

Unexpected failure(const std::string& why) {
  return Unexpected(Error{"", 0, why, ""});
}

double sum_over(const std::vector<pid_t>& processes, double (*measure)(pid_t)) {
  double sum = 0;
  for (pid_t pid : processes) sum += measure(pid);
  return sum;
}

struct Clocks {
  double waiting = 0;
  double cpu = 0;
  double wall = 0;
};

// What the clocks say once the processes sleep. The kernel adds CPU time up only then, and a wait for a CPU when it
// ends: one that began before would count as one of what is timed, and make it shorter than it was.
Clocks clocks_at_rest(const std::vector<pid_t>& processes) {
  const double deadline = monotonic_seconds() + kMostUnrest;
  while (std::any_of(processes.begin(), processes.end(), is_runnable) && monotonic_seconds() < deadline) {
    std::this_thread::sleep_for(std::chrono::microseconds(20));
  }
  Clocks clocks;
  clocks.waiting = sum_over(processes, waiting_seconds);
  clocks.cpu = sum_over(processes, cpu_seconds);
  clocks.wall = monotonic_seconds();
  return clocks;
}

}  // namespace

TimedProcess::TimedProcess(Host& host, const TrialRequest& request, double timeout_s, std::optional<int> cpu)
    : cpu_(cpu) {
  TrialLimits limits;
  limits.timeout_s = timeout_s;
  trial_ = host.start_trial(request, limits);
}

void TimedProcess::suspend() {
  std::set<pid_t> stopped;
  for (bool all = false; !all;) {  // they may have started more meanwhile
    all = true;
    for (pid_t pid : trial_->processes()) {
      if (!stopped.insert(pid).second) continue;
      ::kill(pid, SIGSTOP);
      all = false;
    }
  }
}

void TimedProcess::resume() {
  for (pid_t pid : trial_->processes()) ::kill(pid, SIGCONT);
}

Result<TimedBatch> TimedProcess::run(const BatchPlan& plan) {
  const auto ended = [&] { return failure(ending_text(trial_->finish())); };
  BatchCommand prepare;
  prepare.first_seed = plan.first_seed;
  prepare.call = static_cast<std::uint32_t>(plan.call);
  prepare.calls = static_cast<std::uint32_t>(plan.calls);
  const Clocks preparing = clocks_at_rest(trial_->processes());
  if (!trial_->send(prepare)) return ended();
  const auto ready = trial_->next_frame();
  if (!ready || text_at(ready->header, "kind") != "ready") return ended();
  if (integer_at(ready->header, "calls") != plan.calls) return failure("the scenario has no such call");
  const std::vector<pid_t> processes = trial_->processes();
  std::optional<ThreadOnCpu> beside_it;
  if (cpu_) {
    for (pid_t pid : processes) pin_to_cpu(pid, *cpu_);  // not sooner: only now they are there for certain
    // To wake a process on a CPU that sleeps costs each batch up to a tenth of a millisecond. This one is awake.
    beside_it.emplace(*cpu_);
  }

  BatchCommand release;
  release.kind = BatchCommand::Kind::release;
  TimedBatch batch;
  batch.shapes = text_at(ready->header, "shapes");
  const Clocks begin = clocks_at_rest(processes);
  batch.preparing_seconds =
      own_seconds(begin.wall - preparing.wall, begin.waiting - preparing.waiting, begin.cpu - preparing.cpu);
  if (!trial_->send(release)) return ended();
  auto frame = trial_->next_frame();
  const double end = monotonic_seconds();
  batch.wall_seconds = end - begin.wall;
  batch.cpu_seconds = sum_over(processes, cpu_seconds) - begin.cpu;
  const double waiting = sum_over(processes, waiting_seconds) - begin.waiting;
  const double reading = monotonic_seconds() - end;  // in which they may have waited as well, after the batch
  // Less than nothing where a thread, and its count, ended meanwhile.
  batch.waiting_seconds = std::max(0.0, waiting - reading);
  for (pid_t pid : trial_->processes()) {  // started meanwhile
    if (std::find(processes.begin(), processes.end(), pid) == processes.end()) batch.cpu_seconds += cpu_seconds(pid);
  }
  for (pid_t pid : trial_->processes()) batch.resident_bytes += resident_bytes(pid);
  BatchCommand describe;
  describe.kind = BatchCommand::Kind::describe;
  if (!frame || !trial_->send(describe)) return ended();
  const auto description = trial_->next_frame();
  if (!description) return ended();
  frame->header = description->header;
  if (frame->header.contains("thrown")) {
    batch.thrown = frame->header["thrown"].dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return batch;
  }
  auto outputs = decode_values(frame->header.value("outputs", nlohmann::json()), *frame);
  if (!outputs) return failure(outputs.error().message);
  batch.outputs = std::move(*outputs);
  return batch;
}

nlohmann::json google_benchmark_report(Host& host, TrialRequest request) {
  request.mode = TrialMode::benchmark;
  TrialLimits limits;
  limits.timeout_s = kGoogleBenchmarkSeconds;
  const auto trial = host.start_trial(request, limits);
  const auto frame = trial->next_frame();
  if (!frame || text_at(frame->header, "kind") != "google_benchmark") return nullptr;
  return nlohmann::json::parse(text_at(frame->header, "json"), nullptr, false);
}

}  // namespace hybugs
