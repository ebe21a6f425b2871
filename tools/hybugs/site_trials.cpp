#include "tools/hybugs/site_trials.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/core/compare.h"
#include "harness/core/difference_map.h"
#include "harness/exec/case_runner.h"
#include "harness/io/results.h"

namespace hybugs {
namespace {

using nlohmann::json;

constexpr std::uint64_t kSeed = 0;
constexpr std::size_t kMostGraphText = 1 << 20;

TrialRecord run_trial(Worker& worker, const Paths& paths, const CaseSpec& spec, const std::string& program,
                      TrialMode mode) {
  TrialRequest request;
  request.library = paths.library(spec.id, program == "eager" ? "fixed" : program);
  request.program = program == "eager" ? ProgramKind::eager : ProgramKind::hybrid;
  request.mode = mode;
  request.seed = kSeed;
  request.record_inputs = program == "eager" || spec.compare.inputs;
  const bool hang_expected = spec.symptom == Symptom::hang && program == "buggy";
  return worker.run(spec.threads, request, limits_of(spec), hang_expected);
}

std::string types_text(const std::vector<Value>& values) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : ", ") + describe_type(value);
  return text;
}

std::string result_text(const CallRecord& call) {
  if (call.thrown) return fmt::format("threw {}: {}", call.thrown->type, call.thrown->message.substr(0, 300));
  return call.outputs.empty() ? "nothing" : types_text(call.outputs);
}

/// A trial that consists of one call of another.
TrialRecord only_call(const TrialRecord& trial, std::size_t call) {
  TrialRecord one;
  one.outcome = Outcome::completed;
  one.constructed = true;
  one.calls = {trial.calls[call]};
  return one;
}

/// `agrees`, `differs`, `ended` (in this call) or `unreached`.
std::string state_of(const TrialRecord& eager, const TrialRecord& program, std::size_t call, const CaseSpec& spec) {
  if (call < program.calls.size()) {
    return first_disagreement(only_call(eager, call), only_call(program, call), spec) ? "differs" : "agrees";
  }
  return call == program.calls.size() ? "ended" : "unreached";
}

json operators_of(const std::optional<TrialRecord>& observed, std::size_t call) {
  if (!observed || call >= observed->calls.size() || !observed->calls[call].graph_use) return nullptr;
  const GraphUse& use = *observed->calls[call].graph_use;
  return {{"inside", use.inside_count()},
          {"recorded", use.recorded_count()},
          {"outside", use.outside},
          {"graphs", use.graphs}};
}

json calls_json(const SiteTrials& trials, const CaseSpec& spec) {
  json calls = json::array();
  for (std::size_t i = 0; i < trials.eager.calls.size(); ++i) {
    const CallRecord& eager = trials.eager.calls[i];
    calls.push_back(
        {{"inputs", types_text(eager.inputs)},
         {"eager", result_text(eager)},
         {"buggy", state_of(trials.eager, trials.buggy, i, spec)},
         {"fixed", state_of(trials.eager, trials.fixed, i, spec)},
         {"operators",
          {{"buggy", operators_of(trials.observed_buggy, i)}, {"fixed", operators_of(trials.observed_fixed, i)}}}});
  }
  return calls;
}

/// Rounded, for there are many of them; null where no number says it.
json error_json(double error) {
  if (!std::isfinite(error)) return nullptr;
  return error == 0 ? 0.0 : std::stod(fmt::format("{:.3g}", error));
}

json element_json(const DifferentElement& element) {
  return {{"place", element.place},
          {"expected", element.expected},
          {"got", element.got},
          {"error", error_json(element.error)}};
}

json map_json(const DifferenceMap& map) {
  json shown = json::array();
  for (const DifferentElement& element : map.shown) shown.push_back(element_json(element));
  json errors = json::array();
  for (double error : map.errors) errors.push_back(error_json(error));
  return {{"shape", map.shape}, {"rows", map.rows},         {"columns", map.columns},   {"errors", std::move(errors)},
          {"wrong", map.wrong}, {"elements", map.elements}, {"shown", std::move(shown)}};
}

json difference_json(const SiteTrials& trials, const Disagreement& found, const CaseSpec& spec) {
  const auto call = static_cast<std::size_t>(found.call);
  if (found.call < 0 || call >= trials.eager.calls.size() || call >= trials.buggy.calls.size()) return nullptr;
  const auto map = map_of(found, trials.eager.calls[call].outputs, trials.buggy.calls[call].outputs, spec);
  return map ? map_json(*map) : json(nullptr);
}

std::string graph_text(const std::optional<TrialRecord>& observed) {
  return observed ? observed->graph.substr(0, kMostGraphText) : "";
}

}  // namespace

SiteTrials run_site_trials(Worker& worker, const Paths& paths, const CaseSpec& spec) {
  const auto run = [&](const char* program, TrialMode mode) { return run_trial(worker, paths, spec, program, mode); };
  SiteTrials trials;
  trials.seed = kSeed;
  trials.eager = run("eager", TrialMode::values);
  trials.buggy = run("buggy", TrialMode::values);
  trials.fixed = run("fixed", TrialMode::values);
  trials.observed_fixed = run("fixed", TrialMode::observe);
  if (spec.symptom != Symptom::hang) trials.observed_buggy = run("buggy", TrialMode::observe);
  return trials;
}

std::string failure_of(const SiteTrials& trials) {
  for (const TrialRecord* trial : {&trials.eager, &trials.buggy, &trials.fixed}) {
    if (trial->outcome == Outcome::harness_error || trial->scenario_size == 0) {
      return trial->detail.empty() ? ending_text(*trial) : trial->detail;
    }
  }
  return "";
}

json to_json(const SiteTrials& trials, const CaseSpec& spec) {
  const auto found = first_trouble(trials.eager, trials.buggy, spec);
  return {{"seed", trials.seed},
          {"calls", calls_json(trials, spec)},
          {"endings",
           {{"eager", ending_text(trials.eager)},
            {"buggy", ending_text(trials.buggy)},
            {"fixed", ending_text(trials.fixed)}}},
          {"disagreement", found ? to_json(*found) : json(nullptr)},
          {"difference", found ? difference_json(trials, *found, spec) : json(nullptr)},
          {"graphs", {{"buggy", graph_text(trials.observed_buggy)}, {"fixed", graph_text(trials.observed_fixed)}}}};
}

}  // namespace hybugs
