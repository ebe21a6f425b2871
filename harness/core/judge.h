// The judgement on a case: a pure function of what its trials recorded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/compare.h"
#include "harness/core/timing_result.h"
#include "harness/core/trial_record.h"

namespace hybugs {

/// What one trial of the buggy program shows of the declared symptom.
struct Showing {
  enum class Kind : std::uint8_t { shown, absent, other };  // other: fails, but otherwise than declared
  Kind kind = Kind::absent;
  std::string evidence;  // one line
  std::optional<Disagreement> disagreement;
};

/// The trials of one seed and repetition. `observed_*` are untimed trials that record graph use or memory; they are
/// present only where the symptom needs them.
struct SeedTrials {
  std::uint64_t seed = 0;
  int repetition = 0;
  TrialRecord eager;
  TrialRecord fixed;
  TrialRecord buggy;
  std::optional<TrialRecord> observed_fixed;
  std::optional<TrialRecord> observed_buggy;
};

/// The judgement on one seed and repetition.
struct SeedJudgement {
  std::uint64_t seed = 0;
  int repetition = 0;
  Verdict verdict = Verdict::invalid;
  std::string evidence;
  std::optional<Disagreement> disagreement;  // buggy against eager, or fixed against eager for fix_fails
  double fixed_error = 0;                    // largest error of fixed, as a multiple of the tolerance
  bool harness_error = false;                // not a judgement: the harness failed
};

struct CaseJudgement {
  Verdict verdict = Verdict::invalid;
  std::string evidence;  // one line, of the first seed that speaks for the verdict
  bool harness_error = false;
};

/// Whether a wrong result is far enough from the tolerance, as multiples of it.
inline constexpr double kBuggyMargin = 10.0;
inline constexpr double kFixedMargin = 0.1;
/// A hang must exceed the fixed program's time by this factor.
inline constexpr double kHangFactor = 20.0;
/// Memory can't be judged on a scenario with fewer calls.
inline constexpr std::size_t kFewestCallsForGrowth = 4;

/// Whether the symptom is judged by trials that record memory or graph use.
bool needs_observation(const CaseSpec& spec);

/// Whether those trials are there and recorded what they were for in every call.
bool was_observed(const CaseSpec& spec, const SeedTrials& trials);

/// Does `buggy` show the symptom that the case declares? `slow` is judged by judge_timing, not here: for it and for
/// `memory` and `no_graph` the values have to agree first.
Showing judge_symptom(const CaseSpec& spec, const SeedTrials& trials);

/// One seed: eager must complete, fixed must agree, buggy must show the symptom; it need not run where fixed doesn't
/// complete.
SeedJudgement judge_seed(const CaseSpec& spec, const SeedTrials& trials);

/// All seeds together: the common verdict, or `flaky` when they differ.
CaseJudgement judge_case(const CaseSpec& spec, const std::vector<SeedJudgement>& seeds);

/// Values first, then, for `slow`, the interval of the ratio against min_ratio.
CaseJudgement judge_timing(const CaseSpec& spec, const CaseJudgement& values, const TimingResult& timing);

/// The operators that ran inside graphs, in all calls of an observing trial.
std::int64_t operators_in_graphs(const TrialRecord& trial);

/// Growth of the live heap in bytes a call: the median slope between calls of the second half of the scenario
/// (Theil, 1950; Sen, 1968), so that warm-up and single allocations don't count. 0 for fewer than kFewestCallsForGrowth
/// calls.
double heap_growth_per_call(const TrialRecord& trial);

}  // namespace hybugs
