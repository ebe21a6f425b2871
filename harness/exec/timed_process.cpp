#include "harness/exec/timed_process.h"

#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/core/compare.h"
#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

constexpr double kGoogleBenchmarkSeconds = 10;

Unexpected failure(const std::string& why) {
  return Unexpected(Error{"", 0, why, ""});
}

double sum_over(const std::vector<pid_t>& processes, double (*measure)(pid_t)) {
  double sum = 0;
  for (pid_t pid : processes) sum += measure(pid);
  return sum;
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
  const double preparing = monotonic_seconds();
  const double preparing_cpu = sum_over(trial_->processes(), cpu_seconds);
  const double preparing_waiting = sum_over(trial_->processes(), waiting_seconds);
  if (!trial_->send(prepare)) return ended();
  const auto ready = trial_->next_frame();
  if (!ready || text_at(ready->header, "kind") != "ready") return ended();
  if (integer_at(ready->header, "calls") != plan.calls) return failure("the scenario has no such call");
  const std::vector<pid_t> processes = trial_->processes();
  if (cpu_) {  // not sooner: only now the process is there for certain
    for (pid_t pid : processes) pin_to_cpu(pid, *cpu_);
    cpu_.reset();
  }

  BatchCommand release;
  release.kind = BatchCommand::Kind::release;
  TimedBatch batch;
  batch.shapes = text_at(ready->header, "shapes");
  const double waiting = sum_over(processes, waiting_seconds);
  const double cpu = sum_over(processes, cpu_seconds);  // exact only while they sleep: the kernel adds it up then
  const double begin = monotonic_seconds();
  batch.preparing_seconds = own_seconds(begin - preparing, waiting - preparing_waiting, cpu - preparing_cpu);
  if (!trial_->send(release)) return ended();
  auto frame = trial_->next_frame();
  batch.wall_seconds = monotonic_seconds() - begin;
  batch.cpu_seconds = sum_over(processes, cpu_seconds) - cpu;
  // Less than nothing where a thread, and its count, ended meanwhile.
  batch.waiting_seconds = std::max(0.0, sum_over(processes, waiting_seconds) - waiting);
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
