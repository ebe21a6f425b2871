#include "harness/core/experiment_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string verdict_text(const CaseResult& result) {
  const std::string verdict = result.harness_error ? "harness_error" : to_string(result.verdict);
  return result.evidence.empty() ? verdict : verdict + ": " + first_line(result.evidence);
}

bool fails(const CaseResult& result) {
  return !result.harness_error && (result.verdict == Verdict::reproduced || result.verdict == Verdict::wrong_failure);
}

bool agrees(const CaseResult& result) {
  return !result.harness_error && result.verdict == Verdict::not_reproduced;
}

CaseChange::Kind kind_of(const CaseResult& before, const CaseResult& after) {
  if (agrees(before) && fails(after)) return CaseChange::Kind::appeared;
  if (fails(before) && agrees(after)) return CaseChange::Kind::disappeared;
  return CaseChange::Kind::verdict;
}

bool same_error(double one, double other) {
  return one == other || (one <= kErrorFactor * other && other <= kErrorFactor * one);
}

// Numbers of values differ in the last digits between machines: how large the error is counts, not what it is.
bool same_failure(const Disagreement& one, const Disagreement& other) {
  if (std::tie(one.kind, one.call, one.output) != std::tie(other.kind, other.call, other.output)) return false;
  if (one.kind == Disagreement::Kind::value) return same_error(one.error, other.error);
  return one.expected == other.expected && first_line(one.got) == first_line(other.got) &&
         first_line(one.message) == first_line(other.message);
}

const SeedJudgement* find_seed(const CaseResult& result, const SeedJudgement& wanted) {
  for (const SeedJudgement& seed : result.seeds) {
    if (seed.seed == wanted.seed && seed.repetition == wanted.repetition) return &seed;
  }
  return nullptr;
}

/// The first seed that both ran and that failed in different ways.
std::optional<CaseChange> changed_evidence(const CaseResult& before, const CaseResult& after) {
  for (const SeedJudgement& old : before.seeds) {
    const SeedJudgement* now = find_seed(after, old);
    if (now == nullptr || (!old.disagreement && !now->disagreement)) continue;
    const bool same = old.disagreement && now->disagreement && same_failure(*old.disagreement, *now->disagreement);
    if (same) continue;
    const auto text = [](const SeedJudgement& seed) { return fmt::format("seed {}: {}", seed.seed, seed.evidence); };
    return CaseChange{after.id, CaseChange::Kind::evidence, false, text(old), text(*now)};
  }
  return std::nullopt;
}

std::string interval_text(const RatioInterval& interval, const char* what) {
  return fmt::format("{} {:.3g} ({:.3g} to {:.3g})", what, interval.ratio, interval.low, interval.high);
}

std::optional<CaseChange> moved_time(const CaseResult& before, const CaseResult& after) {
  const bool timed = before.timing && after.timing && before.timing->failure.empty() && after.timing->failure.empty();
  if (!timed) return std::nullopt;
  const std::pair<const char*, RatioInterval TimingResult::*> ratios[] = {
      {"buggy/fixed", &TimingResult::against_fixed}, {"fixed/eager", &TimingResult::fixed_against_eager}};
  for (const auto& [what, ratio] : ratios) {
    const RatioInterval& old = *before.timing.*ratio;
    const RatioInterval& now = *after.timing.*ratio;
    const bool decided = old.pairs > 0 && now.pairs > 0 && old.low > 0 && now.low > 0;
    if (!decided || (old.low <= now.high && now.low <= old.high)) continue;
    return CaseChange{after.id, CaseChange::Kind::timing, false, interval_text(old, what), interval_text(now, what)};
  }
  return std::nullopt;
}

std::vector<CaseChange> compare_case(const CaseResult& before, const CaseResult& after, bool times) {
  if (before.verdict != after.verdict || before.harness_error != after.harness_error) {
    const bool undecided = after.verdict == Verdict::inconclusive || after.verdict == Verdict::unsupported;
    const bool unexpected = after.harness_error || (!after.as_expected() && !undecided);
    return {{after.id, kind_of(before, after), unexpected, verdict_text(before), verdict_text(after)}};
  }
  std::vector<CaseChange> changes;
  if (auto change = changed_evidence(before, after)) changes.push_back(std::move(*change));
  if (!times) return changes;
  if (auto change = moved_time(before, after)) changes.push_back(std::move(*change));
  return changes;
}

struct ContextField {
  const char* name;
  std::string Context::*text;
};

std::vector<std::string> different_fields(const Context& before, const Context& after,
                                          const std::vector<ContextField>& fields) {
  std::vector<std::string> different;
  for (const auto& [name, text] : fields) {
    if (before.*text != after.*text) different.push_back(fmt::format("{}: {} -> {}", name, before.*text, after.*text));
  }
  return different;
}

std::vector<std::string> timing_obstacles(const Context& before, const Context& after) {
  auto obstacles = different_fields(
      before, after,
      {{"machine", &Context::machine}, {"CPU governor", &Context::governor}, {"CPUs in use", &Context::affinity}});
  if (before.cores != after.cores) obstacles.push_back(fmt::format("cores: {} -> {}", before.cores, after.cores));
  return obstacles;
}

}  // namespace

bool ExperimentComparison::has_unexpected() const {
  return std::any_of(changes.begin(), changes.end(), [](const CaseChange& change) { return change.unexpected; });
}

ExperimentComparison compare_experiments(const Experiment& before, const Experiment& after) {
  ExperimentComparison comparison;
  comparison.context = different_fields(before.context, after.context,
                                        {{"LibTorch", &Context::libtorch},
                                         {"BLAS", &Context::blas},
                                         {"compiler", &Context::compiler},
                                         {"flags", &Context::flags},
                                         {"system", &Context::system},
                                         {"machine", &Context::machine},
                                         {"commit", &Context::commit}});
  comparison.not_comparable = timing_obstacles(before.context, after.context);
  std::map<std::string, const CaseResult*> old;
  for (const CaseResult& result : before.results) old[result.id] = &result;
  for (const CaseResult& result : after.results) {
    const auto found = old.find(result.id);
    if (found == old.end()) {
      comparison.changes.push_back(
          {result.id, CaseChange::Kind::added, !result.as_expected(), "", verdict_text(result)});
      continue;
    }
    ++comparison.compared;
    auto changes = compare_case(*found->second, result, comparison.not_comparable.empty());
    comparison.changes.insert(comparison.changes.end(), changes.begin(), changes.end());
    old.erase(found);
  }
  for (const auto& [id, result] : old) {
    comparison.changes.push_back({id, CaseChange::Kind::gone, false, verdict_text(*result), ""});
  }
  std::stable_sort(comparison.changes.begin(), comparison.changes.end(), [](const CaseChange& a, const CaseChange& b) {
    return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
  });
  return comparison;
}

const char* kind_name(CaseChange::Kind kind) {
  switch (kind) {
    case CaseChange::Kind::appeared:
      return "appeared";
    case CaseChange::Kind::disappeared:
      return "disappeared";
    case CaseChange::Kind::verdict:
      return "verdict changed";
    case CaseChange::Kind::evidence:
      return "evidence changed";
    case CaseChange::Kind::timing:
      return "time moved";
    case CaseChange::Kind::added:
      return "new";
    case CaseChange::Kind::gone:
      return "gone";
  }
  return "?";
}

}  // namespace hybugs
