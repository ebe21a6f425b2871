// Runs trials one after the other on hosts that it keeps warm.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <shared_mutex>
#include <string>
#include <utility>

#include "harness/core/driven_calls.h"
#include "harness/exec/host.h"

namespace hybugs {

/// What all workers of an experiment share.
struct WorkerOptions {
  std::string host_binary;  // as seen inside the container
  Wrap wrap;
  const std::atomic<bool>* stop = nullptr;
  std::shared_mutex* machine = nullptr;  // held shared by each trial, alone by a trial that must not be disturbed
};

class Worker {
 public:
  explicit Worker(WorkerOptions options) : options_(std::move(options)) {}

  /// Runs one trial; starts a host for `threads` if there is none. A time-out where `hang_expected` is false is tried
  /// once more, alone and with four times the time, unless that program was late even then. When the host is lost, a
  /// fresh one must pass the probe: then the trial itself is to blame (`crashed`), else it is a `harness_error`.
  TrialRecord run(const Threads& threads, const TrialRequest& request, const TrialLimits& limits, bool hang_expected);

  /// Drives a program through `passes` passes over the `calls` calls of its scenario, on one object, and measures each
  /// call from outside. Fewer calls come back when the program is gone.
  DrivenCalls drive(const Threads& threads, const TrialRequest& request, int calls, int passes,
                    const TrialLimits& limits);

  /// A host of its own, for callers that drive trials themselves.
  Result<std::unique_ptr<Host>> start_host(const Threads& threads) const;

  /// LibTorch's version as the last host said it.
  const std::string& libtorch() const { return libtorch_; }

 private:
  TrialRecord run_once(const Threads& threads, const TrialRequest& request, const TrialLimits& limits);
  Host* host_for(const Threads& threads, std::string& failure);

  WorkerOptions options_;
  std::map<Threads, std::unique_ptr<Host>> hosts_;
  std::set<std::pair<std::string, ProgramKind>> late_alone_;  // by library
  std::string libtorch_;
};

}  // namespace hybugs
