#include "tools/try/trials.h"

#include <fmt/format.h>

#include "harness/core/compare.h"
#include "harness/core/judge.h"
#include "harness/exec/case_runner.h"

namespace hybugs {
namespace {

// In each call, because a graph that runs once and never again is a bug of its own.
std::string operators_text(const TrialRecord& observed) {
  std::string inside, outside;
  for (const CallRecord& call : observed.calls) {
    inside += fmt::format(" {}", call.graph_use ? call.graph_use->inside_count() : 0);
    outside += fmt::format(" {}", call.graph_use ? call.graph_use->outside : 0);
  }
  return fmt::format("    operators inside graphs, call by call:{}\n    operators outside:{}\n", inside, outside);
}

std::string heap_text(const TrialRecord& measured) {
  return fmt::format("    the heap grows by {:.0f} bytes a call\n", heap_growth_per_call(measured));
}

std::string printed_text(const char* stream, const std::string& text) {
  if (text.empty()) return "";
  return fmt::format("    {}:\n{}{}", stream, text, text.back() == '\n' ? "" : "\n");
}

}  // namespace

SeedOutcome run_seed(Worker& worker, const std::string& library, const CaseSpec& settings, std::uint64_t seed) {
  const auto trial = [&](ProgramKind program, TrialMode mode) {
    TrialRequest request;
    request.library = library;
    request.program = program;
    request.mode = mode;
    request.seed = seed;
    request.record_inputs = settings.compare.inputs;
    const bool hang_expected = settings.symptom == Symptom::hang && program == ProgramKind::hybrid;
    return worker.run(settings.threads, request, limits_of(settings), hang_expected);
  };
  SeedOutcome outcome;
  outcome.seed = seed;
  outcome.eager = trial(ProgramKind::eager, TrialMode::values);
  outcome.hybrid = trial(ProgramKind::hybrid, TrialMode::values);
  if (outcome.hybrid.outcome != Outcome::completed) return outcome;
  outcome.observed = trial(ProgramKind::hybrid, TrialMode::observe);
  if (settings.symptom == Symptom::memory) outcome.measured = trial(ProgramKind::hybrid, TrialMode::measure);
  return outcome;
}

std::string failure_of(const SeedOutcome& outcome) {
  for (const TrialRecord* trial : {&outcome.eager, &outcome.hybrid}) {
    if (trial->scenario_size == 0) return trial->detail.empty() ? ending_text(*trial) : trial->detail;
    if (trial->outcome == Outcome::harness_error) return trial->detail;
  }
  if (outcome.eager.outcome != Outcome::completed) return "the eager program " + ending_text(outcome.eager);
  return "";
}

std::string disagreement_of(const SeedOutcome& outcome, const CaseSpec& settings) {
  const auto trouble = first_trouble(outcome.eager, outcome.hybrid, settings);
  return trouble ? trouble->text() : "";
}

std::string seed_text(const SeedOutcome& outcome, const CaseSpec& settings) {
  const std::string disagreement = disagreement_of(outcome, settings);
  std::string text = disagreement.empty() ? fmt::format("seed {}: agrees with eager in {} calls\n", outcome.seed,
                                                        outcome.eager.calls.size())
                                          : fmt::format("seed {}: {}\n", outcome.seed, disagreement);
  if (outcome.observed) text += operators_text(*outcome.observed);
  if (outcome.measured) text += heap_text(*outcome.measured);
  text += printed_text("standard output", outcome.hybrid.standard_output);
  return text + printed_text("standard error", outcome.hybrid.standard_error);
}

}  // namespace hybugs
