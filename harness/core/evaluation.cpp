#include "harness/core/evaluation.h"

#include <fmt/format.h>

#include "harness/core/statistics.h"

namespace hybugs {
namespace {

using Kind = Disagreement::Kind;

EvaluationStatus status_of(Kind kind) {
  switch (kind) {
    case Kind::crash:
      return EvaluationStatus::crashed;
    case Kind::hang:
      return EvaluationStatus::timed_out;
    case Kind::out_of_memory:
      return EvaluationStatus::out_of_memory;
    default:
      return EvaluationStatus::unresolved;
  }
}

EvaluationVerdict harness_failure(const std::string& why) {
  return {EvaluationStatus::harness_error, why, std::nullopt};
}

// Which side a failure while timing belongs to: texts begin with the program's name.
bool is_about(const std::string& failure, const std::string& program) {
  return failure.rfind(program + ":", 0) == 0 || failure.rfind(program + " ", 0) == 0;
}

}  // namespace

std::optional<EvaluationVerdict> judge_candidate_seed(const CaseSpec& spec, const SeedEvidence& seed) {
  const std::string where = fmt::format("seed {}: ", seed.seed);
  if (seed.eager.outcome != Outcome::completed) return harness_failure(where + "eager " + ending_text(seed.eager));
  if (seed.candidate.outcome == Outcome::harness_error) return harness_failure(where + seed.candidate.detail);
  if (seed.candidate.calls.size() > seed.eager.calls.size()) {
    return EvaluationVerdict{EvaluationStatus::rejected, where + "its record has calls that were never made", {}};
  }
  const auto found = first_trouble(seed.eager, seed.candidate, spec);
  if (!found) return std::nullopt;
  return EvaluationVerdict{status_of(found->kind), where + found->text(), found};
}

std::optional<EvaluationVerdict> judge_candidate_growth(const CaseSpec& spec, const GrowthEvidence& growth) {
  const double fixed = resident_growth_per_call(growth.fixed);
  const double candidate = resident_growth_per_call(growth.candidate);
  if (growth.candidate.all.size() < growth.fixed.all.size()) {
    return EvaluationVerdict{EvaluationStatus::crashed, "was gone while its memory was measured", {}};
  }
  // Growth between that of fixed and the threshold of the proof is still a leak: half of the threshold is the limit.
  if (candidate - fixed < spec.min_growth / 2) return std::nullopt;
  return EvaluationVerdict{
      EvaluationStatus::unresolved,
      fmt::format("resident memory grows by {:.0f} bytes a call, in the real repair by {:.0f}", candidate, fixed),
      {}};
}

std::optional<EvaluationVerdict> judge_candidate_graph(const CaseSpec& spec, const GraphTrials& graph) {
  const auto objection = graph_objection(spec, graph);
  if (!objection) return std::nullopt;
  return EvaluationVerdict{EvaluationStatus::graph_dropped, *objection, {}};
}

std::optional<EvaluationVerdict> judge_candidate_timing(const CaseSpec& spec, const TimingResult& timing) {
  const RatioInterval& ratio = timing.against_fixed;
  if (!timing.failure.empty()) {
    if (is_about(timing.failure, "candidate"))
      return EvaluationVerdict{EvaluationStatus::unresolved, timing.failure, {}};
    return harness_failure(timing.failure);
  }
  const bool fast = ratio.pairs > 0 && side_of(ratio, spec.min_ratio) < 0;
  if (fast) return std::nullopt;
  const bool slow = ratio.pairs > 0 && side_of(ratio, spec.min_ratio) > 0;
  std::string text = fmt::format("{:.3g}x the time of the real repair ({:.3g} to {:.3g}, {} pairs), at most {:.3g}",
                                 ratio.ratio, ratio.low, ratio.high, ratio.pairs, spec.min_ratio);
  if (!slow) text = "not shown to be fast enough: " + timing.stopped + "; " + text;
  return EvaluationVerdict{EvaluationStatus::too_slow, text, {}};
}

EvaluationVerdict judge_candidate(const CaseSpec& spec, const CandidateEvidence& evidence) {
  if (evidence.refusal) return *evidence.refusal;
  for (const SeedEvidence& seed : evidence.seeds) {
    if (auto verdict = judge_candidate_seed(spec, seed)) return *verdict;
  }
  if (evidence.seeds.empty()) return harness_failure("no seed was tried");
  if (spec.symptom == Symptom::memory) {
    if (!evidence.growth) return harness_failure("memory was not measured");
    if (auto verdict = judge_candidate_growth(spec, *evidence.growth)) return *verdict;
  }
  if (!spec.fix.graph_dropped) {
    if (!evidence.graph) return harness_failure("graph use was not observed");
    if (auto verdict = judge_candidate_graph(spec, *evidence.graph)) return *verdict;
  }
  if (spec.symptom == Symptom::slow) {
    if (!evidence.timing) return harness_failure("it was not timed");
    if (auto verdict = judge_candidate_timing(spec, *evidence.timing)) return *verdict;
  }
  return {EvaluationStatus::resolved, fmt::format("agrees with eager on {} seeds", evidence.seeds.size()), {}};
}

}  // namespace hybugs
