// A hybugs-host process and the trials that it runs, seen from the command line program.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "harness/core/trial_record.h"
#include "harness/exec/sandbox.h"
#include "harness/exec/spawn.h"
#include "harness/wire/record_builder.h"
#include "harness/wire/trial_request.h"

namespace hybugs {

struct TrialLimits {
  double timeout_s = 10;
  double teardown_s = 2;                    // after the last call
  std::int64_t memory_bytes = 1LL << 30;    // resident memory of the trial's processes over the host's
  std::uint64_t record_bytes = 2ULL << 30;  // all frames together
};

struct HostOptions {
  std::string binary;  // hybugs-host, as seen inside the container
  Threads threads;
  Wrap wrap;
  const std::atomic<bool>* stop = nullptr;  // set: trials are killed at once
};

class RunningTrial;

/// One host process. Destroying it kills it and all that it started.
class Host {
 public:
  static Result<std::unique_ptr<Host>> start(const HostOptions& options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Runs one trial to its end. Whatever happens becomes an outcome.
  TrialRecord run(const TrialRequest& request, const TrialLimits& limits);

  /// Starts a trial that the caller drives (time mode). Only one trial runs at a time.
  std::unique_ptr<RunningTrial> start_trial(const TrialRequest& request, const TrialLimits& limits);

  bool alive() const { return alive_; }
  const std::string& libtorch() const { return libtorch_; }
  pid_t pid() const { return pid_; }

 private:
  friend class RunningTrial;
  Host() = default;
  bool wait_for_hello();

  HostOptions options_;
  Child child_;
  Fd control_;
  Fd pidfd_;
  pid_t pid_ = -1;
  bool alive_ = false;
  int wire_version_ = 0;
  std::string libtorch_;
};

/// A trial in progress: drains its pipes, watches its time and memory, collects its record.
class RunningTrial {
 public:
  RunningTrial(Host& host, const TrialRequest& request, const TrialLimits& limits);
  RunningTrial(const RunningTrial&) = delete;
  RunningTrial& operator=(const RunningTrial&) = delete;
  /// Kills the trial if it still runs.
  ~RunningTrial();

  /// Drains until the trial's process is gone, then says how it ended.
  TrialRecord finish();

  /// Time and benchmark mode: the next `ready`, `call` or `google_benchmark` frame; nullopt when the trial ended
  /// before. These frames are no part of the record.
  std::optional<Frame> next_frame();

  bool send(const BatchCommand& command);

  /// The trial's processes now.
  std::vector<pid_t> processes() const;

 private:
  enum class Kill { none, timeout, teardown, memory, record, stopped };

  void pump();
  void drain_record();
  void drain_text(Fd& fd, std::string& text);
  void drain_control();
  void watch_limits();
  void kill(Kill reason);
  TrialRecord conclude();
  void conclude_unfinished(TrialRecord& record) const;

  Host& host_;
  TrialLimits limits_;
  Fd record_;
  Fd control_;
  Fd stdout_;
  Fd stderr_;
  Fd pidfd_;
  FrameDecoder decoder_;
  RecordBuilder builder_;
  std::vector<Frame> frames_;  // for next_frame()
  bool keep_frames_ = false;
  std::string output_;
  std::string errors_;
  Kill kill_ = Kill::none;
  bool ended_ = false;
  bool host_gone_ = false;
  bool started_ = false;
  int status_ = 0;
  std::int64_t host_bytes_ = 0;
  double start_ = 0;
  double deadline_ = 0;
  double killed_at_ = 0;
  double next_sample_ = 0;
  double seconds_ = 0;
};

/// Seconds of the monotonic clock.
double monotonic_seconds();

}  // namespace hybugs
