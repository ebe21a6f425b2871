// The part of judge.h that asks whether a trial shows the declared symptom.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "harness/core/judge.h"
#include "harness/core/statistics.h"
#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

using Kind = Disagreement::Kind;

// The declared symptom. An objection says why what was found isn't it; empty: it is.

bool is_declared_kind(Symptom symptom, Kind kind) {
  switch (symptom) {
    case Symptom::wrong_result:
      return is_wrong_result(kind);
    case Symptom::exception:
      return kind == Kind::exception;
    case Symptom::crash:
      return kind == Kind::crash;
    case Symptom::hang:
      return kind == Kind::hang;
    default:
      return false;  // slow, memory, no_graph: right but for that
  }
}

std::string call_name(int call) {
  return call == kConstruct ? "construct" : fmt::format("call {}", call);
}

std::string object_to_result(const CaseSpec& spec, const Disagreement& found) {
  const std::optional<int>& output = spec.failure.output;
  if (output && found.output_index != *output) return fmt::format("declared for output {}", *output);
  if (found.error < kBuggyMargin) return fmt::format("a proof needs {} x tolerance", kBuggyMargin);
  return "";
}

std::string object_to_message(const CaseSpec& spec, const Disagreement& found) {
  const RE2 pattern(spec.failure.message, RE2::Quiet);
  return RE2::PartialMatch(found.message, pattern) ? "" : fmt::format("declared with '{}'", spec.failure.message);
}

std::string object_to_signal(const CaseSpec& spec, const TrialRecord& buggy) {
  const int declared = spec.failure.signal;
  return declared == 0 || declared == buggy.signal ? "" : "declared with " + signal_name(declared);
}

/// The wait has to be far beyond what the program may need on a busy machine.
std::string object_to_wait(const SeedTrials& trials) {
  if (trials.buggy.seconds >= trials.fixed.seconds * kHangFactor) return "";
  return fmt::format("{:.3g} s of waiting are less than {} times the {:.3g} s of fixed", trials.buggy.seconds,
                     kHangFactor, trials.fixed.seconds);
}

std::string object(const CaseSpec& spec, const SeedTrials& trials, const Disagreement& found) {
  if (!is_declared_kind(spec.symptom, found.kind)) return "declared is " + to_string(spec.symptom);
  if (spec.failure.call && *spec.failure.call != found.call) return "declared for " + call_name(*spec.failure.call);
  switch (spec.symptom) {
    case Symptom::wrong_result:
      return object_to_result(spec, found);
    case Symptom::exception:
      return object_to_message(spec, found);
    case Symptom::crash:
      return object_to_signal(spec, trials.buggy);
    default:
      return object_to_wait(trials);
  }
}

Showing judge_trouble(const CaseSpec& spec, const SeedTrials& trials, const Disagreement& found) {
  const std::string objection = object(spec, trials, found);
  if (objection.empty()) return {Showing::Kind::shown, found.text(), found};
  return {Showing::Kind::other, found.text() + "; " + objection, found};
}

// Symptoms of a program that agrees with eager.

Showing::Kind shown_if(bool shown) {
  return shown ? Showing::Kind::shown : Showing::Kind::absent;
}

Showing judge_memory(const CaseSpec& spec, const SeedTrials& trials) {
  const double buggy = heap_growth_per_call(*trials.observed_buggy);
  const double fixed = heap_growth_per_call(*trials.observed_fixed);
  const std::string evidence =
      fmt::format("the heap grows by {:.0f} bytes a call, fixed by {:.0f}, threshold {:.0f} between them", buggy, fixed,
                  spec.min_growth);
  return {shown_if(buggy - fixed >= spec.min_growth), evidence, std::nullopt};
}

Showing judge_graph(const SeedTrials& trials) {
  const std::int64_t buggy = operators_in_graphs(*trials.observed_buggy);
  const std::int64_t fixed = operators_in_graphs(*trials.observed_fixed);
  if (fixed == 0) return {Showing::Kind::other, "fixed runs no operator inside a graph", std::nullopt};
  return {shown_if(buggy == 0), fmt::format("{} operators run inside graphs, {} in fixed", buggy, fixed), std::nullopt};
}

Showing judge_observed(const CaseSpec& spec, const SeedTrials& trials) {
  if (!was_observed(spec, trials)) return {Showing::Kind::other, "memory or graph use was not recorded", std::nullopt};
  if (trials.observed_buggy->outcome != Outcome::completed) {
    return {Showing::Kind::other, "while observed: " + ending_text(*trials.observed_buggy), std::nullopt};
  }
  return spec.symptom == Symptom::memory ? judge_memory(spec, trials) : judge_graph(trials);
}

Showing agrees(Showing::Kind kind, const SeedTrials& trials) {
  return {kind, fmt::format("agrees with eager on all {} calls", trials.eager.calls.size()), std::nullopt};
}

bool has_record(Symptom symptom, const CallRecord& call) {
  return symptom == Symptom::memory ? call.heap_bytes.has_value() : call.graph_use.has_value();
}

}  // namespace

bool needs_observation(const CaseSpec& spec) {
  return spec.symptom == Symptom::memory || spec.symptom == Symptom::no_graph;
}

bool was_observed(const CaseSpec& spec, const SeedTrials& trials) {
  const auto recorded = [&](const std::optional<TrialRecord>& trial) {
    return trial && std::all_of(trial->calls.begin(), trial->calls.end(),
                                [&](const CallRecord& call) { return has_record(spec.symptom, call); });
  };
  return recorded(trials.observed_fixed) && recorded(trials.observed_buggy);
}

std::int64_t operators_in_graphs(const TrialRecord& trial) {
  std::int64_t count = 0;
  for (const CallRecord& call : trial.calls) count += call.graph_use ? call.graph_use->inside_count() : 0;
  return count;
}

double heap_growth_per_call(const TrialRecord& trial) {
  if (trial.calls.size() < kFewestCallsForGrowth) return 0;
  std::vector<std::int64_t> bytes;
  for (const CallRecord& call : trial.calls) bytes.push_back(call.heap_bytes.value_or(0));
  return later_slope(bytes);
}

Showing judge_symptom(const CaseSpec& spec, const SeedTrials& trials) {
  if (const auto found = first_trouble(trials.eager, trials.buggy, spec)) return judge_trouble(spec, trials, *found);
  if (needs_observation(spec)) return judge_observed(spec, trials);
  return agrees(shown_if(spec.symptom == Symptom::slow), trials);
}

}  // namespace hybugs
