#include "harness/core/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "harness/core/statistics.h"
#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

using NamedTrial = std::pair<std::string_view, const TrialRecord*>;

std::vector<NamedTrial> reference_trials(const SeedTrials& trials) {
  std::vector<NamedTrial> named = {{"eager", &trials.eager}, {"fixed", &trials.fixed}};
  if (trials.observed_fixed) named.emplace_back("observed fixed", &*trials.observed_fixed);
  return named;
}

std::vector<NamedTrial> buggy_trials(const SeedTrials& trials) {
  std::vector<NamedTrial> named = {{"buggy", &trials.buggy}};
  if (trials.observed_buggy) named.emplace_back("observed buggy", &*trials.observed_buggy);
  return named;
}

SeedJudgement judgement(const SeedTrials& trials, Verdict verdict, std::string evidence,
                        std::optional<Disagreement> found = std::nullopt) {
  SeedJudgement judged;
  judged.seed = trials.seed;
  judged.repetition = trials.repetition;
  judged.verdict = verdict;
  judged.evidence = std::move(evidence);
  judged.disagreement = std::move(found);
  return judged;
}

SeedJudgement harness_failure(const SeedTrials& trials, std::string evidence) {
  SeedJudgement judged = judgement(trials, Verdict::invalid, std::move(evidence));
  judged.harness_error = true;
  return judged;
}

// Trials that say nothing about the programs are stale, or the harness failed.

std::optional<SeedJudgement> judge_stale(const SeedTrials& trials, const std::vector<NamedTrial>& named) {
  for (const auto& [name, trial] : named) {
    if (!trial->stale) continue;
    return judgement(trials, Verdict::invalid, fmt::format("{}: built for another SDK or LibTorch, rebuild", name));
  }
  return std::nullopt;
}

std::optional<SeedJudgement> judge_harness(const SeedTrials& trials, const std::vector<NamedTrial>& named) {
  for (const auto& [name, trial] : named) {
    if (trial->outcome != Outcome::harness_error) continue;
    return harness_failure(trials, fmt::format("{}: {}", name, trial->detail));
  }
  return std::nullopt;
}

std::optional<SeedJudgement> judge_eager(const CaseSpec& spec, const SeedTrials& trials) {
  const TrialRecord& eager = trials.eager;
  const auto invalid = [&](const std::string& why) { return judgement(trials, Verdict::invalid, "eager: " + why); };
  if (eager.outcome != Outcome::completed) return invalid(ending_text(eager));
  if (eager.teardown != Teardown::clean) return invalid("teardown " + to_string(eager.teardown));
  if (spec.symptom != Symptom::memory || eager.calls.size() >= kFewestCallsForGrowth) return std::nullopt;
  return invalid(fmt::format("memory needs a scenario of at least {} calls", kFewestCallsForGrowth));
}

/// Only a wrong result is a matter of tolerance.
bool near_limit(const CaseSpec& spec, double error) {
  return spec.symptom == Symptom::wrong_result && error > kFixedMargin;
}

std::optional<SeedJudgement> judge_fixed(const CaseSpec& spec, const SeedTrials& trials, double error) {
  const auto fails = [&](const std::string& why, std::optional<Disagreement> found = std::nullopt) {
    SeedJudgement judged = judgement(trials, Verdict::fix_fails, "fixed: " + why, std::move(found));
    judged.fixed_error = error;
    return judged;
  };
  if (const auto found = first_trouble(trials.eager, trials.fixed, spec)) return fails(found->text(), found);
  if (near_limit(spec, error)) {
    return fails(fmt::format("error {:.3g} x tolerance, a proof needs at most {}", error, kFixedMargin));
  }
  if (!needs_observation(spec) || !trials.observed_fixed) return std::nullopt;
  if (trials.observed_fixed->outcome != Outcome::completed) {
    return fails("while observed: " + ending_text(*trials.observed_fixed));
  }
  if (spec.symptom == Symptom::no_graph && operators_in_graphs(*trials.observed_fixed) == 0) {
    return fails("no operator runs inside a graph");
  }
  return std::nullopt;
}

Verdict verdict_of(Showing::Kind kind) {
  switch (kind) {
    case Showing::Kind::shown:
      return Verdict::reproduced;
    case Showing::Kind::absent:
      return Verdict::not_reproduced;
    default:
      return Verdict::wrong_failure;
  }
}

SeedJudgement judge_buggy(const CaseSpec& spec, const SeedTrials& trials) {
  const Showing showing = judge_symptom(spec, trials);
  if (!showing.disagreement && needs_observation(spec) && !was_observed(spec, trials)) {
    return harness_failure(trials, "memory or graph use was not recorded");
  }
  return judgement(trials, verdict_of(showing.kind), showing.evidence, showing.disagreement);
}

/// The seeds that gave one verdict.
struct Group {
  Verdict verdict = Verdict::invalid;
  std::vector<std::uint64_t> seeds;  // in their order, without repetitions
};

/// In the order in which the verdicts first appear; without seeds on which the harness failed.
std::vector<Group> group_by_verdict(const std::vector<SeedJudgement>& seeds) {
  std::vector<Group> groups;
  for (const SeedJudgement& judged : seeds) {
    if (judged.harness_error) continue;
    const auto same_verdict = [&](const Group& group) { return group.verdict == judged.verdict; };
    auto group = std::find_if(groups.begin(), groups.end(), same_verdict);
    if (group == groups.end()) group = groups.insert(group, {judged.verdict, {}});
    std::vector<std::uint64_t>& members = group->seeds;
    if (std::find(members.begin(), members.end(), judged.seed) == members.end()) members.push_back(judged.seed);
  }
  return groups;
}

/// `reproduced on seeds 0, 1, 3`
std::string group_text(const Group& group) {
  return fmt::format("{} on seed{} {}", to_string(group.verdict), group.seeds.size() == 1 ? "" : "s",
                     fmt::join(group.seeds, ", "));
}

CaseJudgement flaky(const std::vector<Group>& groups) {
  std::vector<std::string> texts;
  std::transform(groups.begin(), groups.end(), std::back_inserter(texts), group_text);
  return {Verdict::flaky, fmt::format("{}", fmt::join(texts, "; ")), false};
}

/// `2.1x slower than fixed (1.9 to 2.3, 12 pairs), threshold 1.4`
std::string ratio_text(const RatioInterval& ratio, double threshold) {
  return fmt::format("{:.3g}x {} fixed ({:.3g} to {:.3g}, {} pairs), threshold {:.3g}", ratio.ratio,
                     ratio.ratio >= 1 ? "slower than" : "the time of", ratio.low, ratio.high, ratio.pairs, threshold);
}

/// An interval around the threshold decides nothing.
Verdict ratio_verdict(const RatioInterval& ratio, double threshold) {
  if (ratio.pairs == 0) return Verdict::inconclusive;
  const int side = side_of(ratio, threshold);
  if (side == 0) return Verdict::inconclusive;
  return side > 0 ? Verdict::reproduced : Verdict::not_reproduced;
}

}  // namespace

SeedJudgement judge_seed(const CaseSpec& spec, const SeedTrials& trials) {
  const auto reference = reference_trials(trials);
  const auto buggy = buggy_trials(trials);
  // First of all, for to rebuild is what helps there.
  for (const auto* named : {&reference, &buggy}) {
    if (const auto judged = judge_stale(trials, *named)) return *judged;
  }
  if (const auto judged = judge_harness(trials, reference)) return *judged;
  if (const auto judged = judge_eager(spec, trials)) return *judged;
  const double fixed_error = largest_error(trials.eager, trials.fixed, spec);
  if (const auto judged = judge_fixed(spec, trials, fixed_error)) return *judged;
  if (const auto judged = judge_harness(trials, buggy)) return *judged;
  SeedJudgement judged = judge_buggy(spec, trials);
  judged.fixed_error = fixed_error;
  return judged;
}

CaseJudgement judge_case(const CaseSpec&, const std::vector<SeedJudgement>& seeds) {
  if (seeds.empty()) return {Verdict::invalid, "no seed was tried", false};
  const std::vector<Group> groups = group_by_verdict(seeds);
  if (groups.size() > 1) return flaky(groups);  // a seed that is missing can't change that
  const auto failure =
      std::find_if(seeds.begin(), seeds.end(), [](const auto& judged) { return judged.harness_error; });
  if (failure == seeds.end()) return {seeds.front().verdict, seeds.front().evidence, false};
  return {Verdict::invalid, fmt::format("seed {}: {}", failure->seed, failure->evidence), true};
}

CaseJudgement judge_timing(const CaseSpec& spec, const CaseJudgement& values, const TimingResult& timing) {
  if (values.harness_error || values.verdict != Verdict::reproduced) return values;
  if (!timing.failure.empty()) return {Verdict::wrong_failure, timing.failure, false};
  if (spec.symptom != Symptom::slow) return values;  // its time is for information
  const RatioInterval& ratio = timing.against_fixed;
  const Verdict verdict = ratio_verdict(ratio, spec.min_ratio);
  if (verdict != Verdict::inconclusive) return {verdict, ratio_text(ratio, spec.min_ratio), false};
  const std::string reason = timing.stopped.empty() ? "too few pairs for an interval" : timing.stopped;
  return {verdict, ratio.pairs == 0 ? reason : reason + "; " + ratio_text(ratio, spec.min_ratio), false};
}

}  // namespace hybugs
