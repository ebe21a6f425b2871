// A program in a process of its own, released batch by batch. The clock is here.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/value.h"
#include "harness/exec/host.h"

namespace hybugs {

/// Calls `call` of scenario(first_seed), scenario(first_seed + 1) ...
struct BatchPlan {
  std::uint64_t first_seed = 0;
  int call = 0;
  int calls = 1;
};

/// The time that a program is held responsible for: max(wall without waiting, CPU). It must not win by running
/// elsewhere (wall only) or by sleeping (CPU time only), and must not lose because others had its CPU. Where it waits
/// for its own threads, their CPU time counts.
inline double own_seconds(double wall, double waiting, double cpu) {
  return std::max(wall - waiting, cpu);
}

/// One batch from its release until its outputs were read.
struct TimedBatch {
  double wall_seconds = 0;
  double cpu_seconds = 0;           // of the process tree
  double preparing_seconds = 0;     // own_seconds() in which its inputs were made, before the release
  double waiting_seconds = 0;       // in which its threads were ready to run and others had the CPU
  std::int64_t resident_bytes = 0;  // of the process tree afterwards
  std::string shapes;               // types and shapes of the first call's inputs
  std::vector<Value> outputs;       // of each call, as a tuple; empty if one threw
  std::string thrown;               // its message

  double seconds() const { return own_seconds(wall_seconds, waiting_seconds, cpu_seconds); }
};

class TimedProcess {
 public:
  /// Starts the trial on `host`, which must have no other. It lives at most `timeout_s`, and stays on `cpu` if there is
  /// one given, where run() waits for it, too.
  TimedProcess(Host& host, const TrialRequest& request, double timeout_s, std::optional<int> cpu);

  /// Has the inputs of a batch made, then times it. An Error when the process ended or has no such call.
  Result<TimedBatch> run(const BatchPlan& plan);

  /// Stops all its processes, so that none works, or keeps others from working, out of turn.
  void suspend();
  void resume();

 private:
  std::unique_ptr<RunningTrial> trial_;
  std::optional<int> cpu_;  // that it shares with the clock
};

/// What Google Benchmark says of the program's timed call, in its own JSON format; null if it says nothing. `host` must
/// have no other trial.
nlohmann::json google_benchmark_report(Host& host, TrialRequest request);

}  // namespace hybugs
