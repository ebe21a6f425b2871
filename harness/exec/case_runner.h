// All trials of one case, and the judgement on them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/graph_kept.h"
#include "harness/core/judge.h"
#include "harness/exec/builder.h"
#include "harness/exec/worker.h"

namespace hybugs {

struct TrialPlan {
  std::vector<std::uint64_t> seeds = {0, 1, 2, 3, 4};
  int repetitions = 1;
};

TrialLimits limits_of(const CaseSpec& spec);

/// Passes over a scenario until its CPU time is that of warm calls: the profiling executor is slow in its first two.
inline constexpr int kWarmPasses = 4;

class CaseRunner {
 public:
  CaseRunner(Worker& worker, const Paths& paths, const CaseSpec& spec) : worker_(worker), paths_(paths), spec_(spec) {}

  /// Trials of eager, fixed and buggy for every seed and repetition, judged seed by seed, so that no more than one
  /// seed's outputs are in memory. Stops early when the worker is told to stop.
  std::vector<SeedJudgement> run(const TrialPlan& plan);

  /// Memory and graph use of the variants and of eager, by untimed trials of the first seed.
  std::vector<ProgramUse> measure_use(const std::vector<std::string>& variants);

  /// Eager and fixed, observed on `seed`, and the warm CPU time of fixed: what any program is compared with.
  GraphTrials graph_baseline(std::uint64_t seed);

  /// Adds the warm CPU time of eager and buggy.
  void add_slower_programs(GraphTrials& trials, std::uint64_t seed);

  /// The same with a variant of the case as the program, on the first seed.
  GraphTrials graph_trials(const std::string& variant);

  /// `passes` passes over a seed's scenario, measured from outside.
  DrivenCalls drive(const std::string& variant, int calls, int passes, std::uint64_t seed = 0);

  /// One trial of a variant, or of eager (`variant` "eager").
  TrialRecord run_trial(const std::string& variant, std::uint64_t seed, TrialMode mode);

 private:
  void run_buggy(SeedTrials& trials);
  SeedJudgement run_seed(std::uint64_t seed, int repetition);

  TrialRequest request_of(const std::string& variant, std::uint64_t seed, TrialMode mode) const;
  TrialRecord run_trial(const std::string& variant, std::uint64_t seed, TrialMode mode, const TrialLimits& limits);

  Worker& worker_;
  const Paths& paths_;
  const CaseSpec& spec_;
  std::optional<GraphTrials> baseline_;  // of the first seed, measured once
};

}  // namespace hybugs
