#include "harness/exec/case_runner.h"

#include <algorithm>

namespace hybugs {

TrialLimits limits_of(const CaseSpec& spec) {
  TrialLimits limits;
  limits.timeout_s = spec.timeout_s;
  limits.memory_bytes = static_cast<std::int64_t>(spec.memory_mb * (1 << 20));
  return limits;
}

TrialRecord CaseRunner::run_trial(const std::string& variant, std::uint64_t seed, TrialMode mode) {
  return run_trial(variant, seed, mode, limits_of(spec_));
}

TrialRequest CaseRunner::request_of(const std::string& variant, std::uint64_t seed, TrialMode mode) const {
  TrialRequest request;
  // Eager is the same program in every variant; the fixed one's copy serves as the reference.
  request.library = paths_.library(spec_.id, variant == "eager" ? "fixed" : variant);
  request.program = variant == "eager" ? ProgramKind::eager : ProgramKind::hybrid;
  request.mode = mode;
  request.seed = seed;
  request.record_inputs = spec_.compare.inputs;
  return request;
}

TrialRecord CaseRunner::run_trial(const std::string& variant, std::uint64_t seed, TrialMode mode,
                                  const TrialLimits& limits) {
  const bool hang_expected = spec_.symptom == Symptom::hang && variant != "eager" && variant != "fixed";
  return worker_.run(spec_.threads, request_of(variant, seed, mode), limits, hang_expected);
}

DrivenCalls CaseRunner::drive(const std::string& variant, int calls, int passes, std::uint64_t seed) {
  return worker_.drive(spec_.threads, request_of(variant, seed, TrialMode::time), calls, passes, limits_of(spec_));
}

GraphTrials CaseRunner::graph_baseline(std::uint64_t seed) {
  GraphTrials baseline;
  baseline.eager = run_trial("eager", seed, TrialMode::observe);
  baseline.fixed = run_trial("fixed", seed, TrialMode::observe);
  baseline.fixed_cpu = warm_cpu(drive("fixed", baseline.fixed.scenario_size, kWarmPasses, seed));
  return baseline;
}

void CaseRunner::add_slower_programs(GraphTrials& trials, std::uint64_t seed) {
  const auto cpu_of = [&](const std::string& variant) {
    return warm_cpu(drive(variant, trials.fixed.scenario_size, kWarmPasses, seed));
  };
  trials.eager_cpu = cpu_of("eager");
  if (spec_.symptom != Symptom::hang) trials.buggy_cpu = cpu_of("buggy");
}

GraphTrials CaseRunner::graph_trials(const std::string& variant) {
  if (!baseline_) baseline_ = graph_baseline(0);
  GraphTrials trials = *baseline_;
  const bool fixed = variant == "fixed";
  trials.program = fixed ? trials.fixed : run_trial(variant, 0, TrialMode::observe);
  trials.program_cpu = fixed ? trials.fixed_cpu : warm_cpu(drive(variant, trials.fixed.scenario_size, kWarmPasses));
  if (needs_slower_programs(spec_, trials)) {
    add_slower_programs(*baseline_, 0);
    trials.eager_cpu = baseline_->eager_cpu;
    trials.buggy_cpu = baseline_->buggy_cpu;
  }
  return trials;
}

std::vector<ProgramUse> CaseRunner::measure_use(const std::vector<std::string>& variants) {
  std::vector<ProgramUse> uses;
  for (const std::string& variant : variants) {
    const TrialRecord measured = run_trial(variant, 0, TrialMode::measure);
    const TrialRecord observed = run_trial(variant, 0, TrialMode::observe);
    ProgramUse use;
    use.program = variant;
    use.peak_bytes = measured.peak_bytes;
    use.growth_per_call = heap_growth_per_call(measured);
    use.operators = operators_in_graphs(observed);
    for (const CallRecord& call : observed.calls) use.graphs += call.graph_use ? call.graph_use->graphs : 0;
    uses.push_back(std::move(use));
  }
  return uses;
}

void CaseRunner::run_buggy(SeedTrials& trials) {
  TrialLimits limits = limits_of(spec_);
  // On a busy machine everything takes longer; a hang is judged against the fixed program's time there and then.
  if (spec_.symptom == Symptom::hang)
    limits.timeout_s = std::max(limits.timeout_s, 1.1 * kHangFactor * trials.fixed.seconds);
  trials.buggy = run_trial("buggy", trials.seed, TrialMode::values, limits);
  if (needs_observation(spec_)) {
    const TrialMode mode = spec_.symptom == Symptom::memory ? TrialMode::measure : TrialMode::observe;
    trials.observed_fixed = run_trial("fixed", trials.seed, mode);
    trials.observed_buggy = run_trial("buggy", trials.seed, mode);
  }
}

SeedJudgement CaseRunner::run_seed(std::uint64_t seed, int repetition) {
  SeedTrials trials;
  trials.seed = seed;
  trials.repetition = repetition;
  trials.eager = run_trial("eager", seed, TrialMode::values);
  trials.fixed = run_trial("fixed", seed, TrialMode::values);
  // Else the seed is decided; and where fixed takes for ever, buggy as a rule does so, too.
  if (trials.fixed.outcome == Outcome::completed) run_buggy(trials);
  return judge_seed(spec_, trials);
}

std::vector<SeedJudgement> CaseRunner::run(const TrialPlan& plan) {
  std::vector<SeedJudgement> judgements;
  for (std::uint64_t seed : plan.seeds) {
    for (int repetition = 0; repetition < plan.repetitions; ++repetition) {
      judgements.push_back(run_seed(seed, repetition));
    }
  }
  return judgements;
}

}  // namespace hybugs
