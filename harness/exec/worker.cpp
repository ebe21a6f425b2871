#include "harness/exec/worker.h"

#include <mutex>

#include "harness/exec/timed_process.h"

namespace hybugs {
namespace {

constexpr double kRetryFactor = 4;

TrialRecord harness_failure(const std::string& why) {
  TrialRecord record;
  record.outcome = Outcome::harness_error;
  record.detail = why;
  return record;
}

}  // namespace

DrivenCalls Worker::drive(const Threads& threads, const TrialRequest& request, int calls, int passes,
                          const TrialLimits& limits) {
  DrivenCalls driven{static_cast<std::size_t>(calls), {}};
  const std::shared_lock<std::shared_mutex> together(*options_.machine);
  std::string failure;
  Host* host = host_for(threads, failure);
  if (host == nullptr) return driven;
  TrialRequest timed = request;
  timed.mode = TrialMode::time;
  TimedProcess process(*host, timed, passes * limits.timeout_s, std::nullopt);
  for (int i = 0; i < passes * calls; ++i) {
    const auto batch = process.run({request.seed, i % calls, 1});
    if (!batch) break;
    driven.all.push_back({batch->thrown.empty() ? batch->cpu_seconds : -1, batch->resident_bytes});
  }
  return driven;
}

Result<std::unique_ptr<Host>> Worker::start_host(const Threads& threads) const {
  return Host::start({options_.host_binary, threads, options_.wrap, options_.stop});
}

Host* Worker::host_for(const Threads& threads, std::string& failure) {
  auto& host = hosts_[threads];
  if (host && host->alive()) return host.get();
  host.reset();
  auto started = start_host(threads);
  if (!started) {
    failure = started.error().message;
    return nullptr;
  }
  host = std::move(*started);
  libtorch_ = host->libtorch();
  return host.get();
}

TrialRecord Worker::run_once(const Threads& threads, const TrialRequest& request, const TrialLimits& limits) {
  std::string failure;
  Host* host = host_for(threads, failure);
  if (host == nullptr) return harness_failure(failure);
  TrialRecord record = host->run(request, limits);
  if (host->alive() || (options_.stop != nullptr && *options_.stop)) return record;

  host = host_for(threads, failure);
  if (host == nullptr) return harness_failure(failure);
  TrialRequest probe;
  probe.mode = TrialMode::probe;
  if (host->run(probe, TrialLimits{}).outcome != Outcome::completed) {
    return harness_failure("the host was lost and a known-good program fails in a fresh one too");
  }
  if (record.outcome == Outcome::harness_error) {
    record.outcome = Outcome::crashed;
    record.detail = "it took its host along";
  }
  return record;
}

TrialRecord Worker::run(const Threads& threads, const TrialRequest& request, const TrialLimits& limits,
                        bool hang_expected) {
  TrialRecord record;
  {
    const std::shared_lock<std::shared_mutex> together(*options_.machine);
    record = run_once(threads, request, limits);
  }
  const std::pair program{request.library, request.program};
  if (record.outcome != Outcome::timed_out || hang_expected || late_alone_.count(program) != 0) return record;
  // On a busy machine an innocent program may be late.
  const std::unique_lock<std::shared_mutex> alone(*options_.machine);
  TrialLimits longer = limits;
  longer.timeout_s *= kRetryFactor;
  record = run_once(threads, request, longer);
  if (record.outcome == Outcome::timed_out) late_alone_.insert(program);
  return record;
}

}  // namespace hybugs
