// The result of one case in an experiment, and the experiment's context: what result files hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/judge.h"
#include "harness/core/timing_result.h"

namespace hybugs {

/// Version of the result files' schema; readers refuse others.
inline constexpr int kResultSchema = 3;

struct CaseResult {
  std::string id;
  std::string title;
  std::string mechanism;
  Symptom symptom = Symptom::wrong_result;
  Verdict verdict = Verdict::invalid;
  Verdict expected = Verdict::reproduced;
  std::string because;  // why another verdict than `reproduced` is expected of this LibTorch; else empty
  bool harness_error = false;
  std::string evidence;  // one line
  std::vector<SeedJudgement> seeds;
  std::optional<TimingResult> timing;
  double seconds = 0;  // time spent on this case, compilation excluded
  std::string key;     // hash of all that the result depends on
  std::string repeat;  // the command that repeats this case alone
  std::string log;     // path of the full compiler log, where there is one

  bool as_expected() const { return !harness_error && verdict == expected; }
};

/// What an experiment ran on; all that a reader needs to judge its numbers.
struct Context {
  std::string date;     // UTC, ISO 8601
  std::string machine;  // CPU model
  int cores = 0;
  std::int64_t memory_bytes = 0;
  std::string kernel;
  std::string system;    // PRETTY_NAME of os-release
  std::string libtorch;  // version
  std::string blas;      // library and its version or file
  std::string compiler;  // name and version
  std::string flags;
  std::string sandbox;    // level in force
  std::string commit;     // of the corpus, with + when the tree is changed
  std::string governor;   // CPU frequency governor, or `unknown`
  std::string affinity;   // CPUs that the scheduler may use, as in `0-3`
  double load_start = 0;  // 1-minute load average
  double load_end = 0;
  std::string command;  // as started
};

struct Experiment {
  Context context;
  std::vector<CaseResult> results;
};

}  // namespace hybugs
