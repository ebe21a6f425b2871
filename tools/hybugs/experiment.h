// An experiment: build, run, judge and time cases, and keep every result at once.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "harness/core/case_result.h"
#include "harness/core/shard.h"
#include "harness/exec/builder.h"
#include "harness/exec/case_runner.h"
#include "harness/exec/toolchain.h"
#include "harness/exec/worker.h"
#include "harness/io/results.h"
#include "harness/report/progress.h"
#include "tools/hybugs/session.h"

namespace hybugs {

struct ExperimentOptions {
  int jobs = 1;
  TrialPlan plan;
  bool resume = false;
  bool timing = true;
  double max_seconds = 60;  // of the timing of one case
  std::string output;       // results folder
};

/// Everything that `run` and `check` need before the first trial: what is built, with what, where it runs.
struct Workshop {
  Toolchain toolchain;
  Sandbox sandbox;
  BuildFailures failures;
  const std::atomic<bool>* stop = nullptr;
  std::shared_mutex machine;

  WorkerOptions worker_options(const Paths& paths) { return {paths.host(), sandbox, stop, &machine}; }
};

/// Builds what is out of date and looks at the toolchain; an Error when nothing can run.
Result<std::unique_ptr<Workshop>> open_workshop(const Session& session, const std::vector<const CaseSpec*>& cases,
                                                int jobs, Variants variants = Variants::buggy_and_fixed);

class ExperimentRunner {
 public:
  ExperimentRunner(const Session& session, Workshop& workshop, const ExperimentOptions& options)
      : session_(session), workshop_(workshop), options_(options) {}

  /// Runs the cases; each result is on the disk as soon as it is known. An Error when results can't be written; the
  /// experiment then holds what was finished.
  Result<Experiment> run(const std::vector<const CaseSpec*>& cases);

  /// True when a signal ended the run early.
  bool interrupted() const { return workshop_.stop != nullptr && *workshop_.stop; }

 private:
  CaseResult begin(const CaseSpec& spec) const;
  void reuse_finished(const std::vector<const CaseSpec*>& cases);
  void run_all(const std::vector<const CaseSpec*>& cases);
  void run_parallel(const std::vector<const CaseSpec*>& cases, int jobs);
  void run_case(const CaseSpec& spec, Worker& worker);
  void time_untimed_case(const CaseSpec& spec, Worker& worker);
  void finish(const CaseSpec& spec, CaseResult result);

  const Session& session_;
  Workshop& workshop_;
  ExperimentOptions options_;
  std::unique_ptr<ResultsWriter> writer_;
  std::unique_ptr<Progress> progress_;
  std::mutex mutex_;
  std::map<std::string, CaseResult> finished_;
  std::map<std::string, CaseResult> untimed_;  // slow and memory cases whose values agree
  std::set<std::string> reused_;
  std::optional<Error> write_error_;
};

/// Writes report.json and junit.xml, and Google Benchmark's file where something was timed.
Result<void> write_reports(const Experiment& experiment, const std::string& folder);

/// results/local/<UTC time>, for a shard with `-I-of-N` behind it, below the source tree, or with `resume` the newest
/// such folder.
std::string default_output(const Session& session, bool resume, const Shard& shard);

/// The exit code of an experiment: harness failures, then unexpected verdicts; `strict`: warnings count as well.
int exit_code_of(const Experiment& experiment, bool strict);

/// The line that a terminal shows for a finished case.
std::string result_line(const Session& session, const CaseResult& result, bool reused);

}  // namespace hybugs
