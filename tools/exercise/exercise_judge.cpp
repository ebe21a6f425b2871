#include "tools/exercise/exercise_judge.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "harness/core/judge.h"
#include "harness/exec/case_runner.h"
#include "tools/exercise/explain.h"
#include "tools/try/settings.h"
#include "tools/try/speed.h"
#include "tools/try/trials.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPublicSeeds = 5;
constexpr int kNoCompiler = 3;  // exit code of hybugs-compile
constexpr double kCompileTimeout = 120;

bool is_older(const std::string& file, const std::string& than) {
  std::error_code code;
  const auto time = fs::last_write_time(file, code);
  return code || time < fs::last_write_time(than, code);
}

Result<CaseSpec> read_settings(const std::string& path) {
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  auto settings = settings_from_json(nlohmann::json::parse(text, nullptr, false));
  if (!settings) return Unexpected(Error{path, 0, settings.error().message, "make the folder again"});
  return settings;
}

std::string printed_text(const TrialRecord& trial) {
  std::string text;
  if (!trial.standard_output.empty()) text += "Your program printed:\n" + trial.standard_output;
  if (!trial.standard_error.empty()) text += "Your program printed on standard error:\n" + trial.standard_error;
  return text;
}

}  // namespace

ExerciseJudge::ExerciseJudge(const std::string& folder, const std::atomic<bool>& stop)
    : folder_(fs::absolute(folder).lexically_normal().string()),
      harness_(folder_ + "/harness"),
      worker_({harness_ + "/bin/hybugs-host", probe_sandbox(), &stop, &machine_}) {}

Result<ExerciseJudge::Programs> ExerciseJudge::programs_of(const ExerciseTask& task) const {
  const std::string place = folder_ + "/" + task.id;
  for (const std::string& file : {place + "/hybrid.cpp", place + "/start.cpp", harness_ + "/bin/hybugs-host"}) {
    if (!fs::exists(file))
      return Unexpected(Error{file, 0, "is missing", "make the folder again and copy your programs into it"});
  }
  auto settings = read_settings(place + "/task.json");
  if (!settings) return Unexpected(settings.error());
  return Programs{std::move(*settings), place + "/build/hybrid.so", place + "/build/start.so"};
}

Result<std::string> ExerciseJudge::compile(const std::string& source, const std::string& library) const {
  const auto output =
      run_command({{harness_ + "/bin/hybugs-compile", source, library}, {}, {}, "", true}, kCompileTimeout);
  if (!output) return Unexpected(output.error());
  if (output->ok()) return std::string();
  if (output->status == kNoCompiler) return Unexpected(Error{"", 0, output->output, ""});
  if (output->timed_out) return "error: the compiler doesn't come to an end";
  return output->output.empty() ? "error: the compiler failed without a word" : output->output;
}

Result<void> ExerciseJudge::prepare(const ExerciseTask& task) {
  const auto programs = programs_of(task);
  if (!programs) return Unexpected(programs.error());
  const std::string source = folder_ + "/" + task.id + "/start.cpp";
  if (is_older(programs->start, source)) {
    const auto failure = compile(source, programs->start);
    if (!failure) return Unexpected(failure.error());
    if (!failure->empty()) return Unexpected(Error{source, 0, first_error_line(*failure), "is LibTorch installed?"});
  }
  // Starts the host; what eager does shows whether anything can be judged here.
  TrialRequest request;
  request.library = programs->start;
  request.program = ProgramKind::eager;
  const TrialRecord eager = worker_.run(programs->settings.threads, request, limits_of(programs->settings), false);
  if (eager.outcome == Outcome::completed) return {};
  const std::string why = eager.detail.empty() ? "the eager program " + ending_text(eager) : eager.detail;
  return Unexpected(
      Error{programs->start, 0, why, "make the folder again: this LibTorch isn't the one it was made for"});
}

ExerciseVerdict ExerciseJudge::judge(const ExerciseTask& task) {
  const double start = monotonic_seconds();
  ExerciseVerdict verdict;
  const auto programs = programs_of(task);
  const auto failure = programs ? compile(folder_ + "/" + task.id + "/hybrid.cpp", programs->hybrid)
                                : Result<std::string>(Unexpected(programs.error()));
  if (!failure) {
    verdict.harness_failed = true;
    verdict.sentence = failure.error().text();
  } else if (!failure->empty()) {
    verdict.compiled = false;
    verdict.sentence = "hybrid.cpp does not compile: " + first_error_line(*failure);
    verdict.detail = *failure;
  } else {
    verdict = judge_library(task, *programs);
  }
  verdict.seconds = monotonic_seconds() - start;
  return verdict;
}

ExerciseVerdict ExerciseJudge::judge_library(const ExerciseTask& task, const Programs& programs) {
  ExerciseVerdict verdict;
  verdict.sentence = object_to_values(programs, verdict);
  if (verdict.harness_failed) return verdict;
  if (verdict.sentence.empty()) verdict.sentence = object_to_growth(task, programs);
  if (verdict.sentence.empty()) verdict.sentence = object_to_graph(task, programs);
  if (verdict.sentence.empty()) verdict.sentence = object_to_time(task, programs);
  verdict.solved = verdict.sentence.empty();
  if (verdict.solved)
    verdict.sentence = fmt::format("Your program agrees with eager in every call of {} seeds.", kPublicSeeds);
  return verdict;
}

TrialRecord ExerciseJudge::run(const Programs& programs, ProgramKind kind, TrialMode mode, std::uint64_t seed) {
  const CaseSpec& settings = programs.settings;
  TrialRequest request;
  request.library = programs.hybrid;
  request.program = kind;
  request.mode = mode;
  request.seed = seed;
  request.record_inputs = settings.compare.inputs;
  // A time-out of an innocent program is tried once more with more time: students would wait too long for that.
  return worker_.run(settings.threads, request, limits_of(settings), kind == ProgramKind::hybrid);
}

std::string ExerciseJudge::object_to_values(const Programs& programs, ExerciseVerdict& verdict) {
  for (std::uint64_t seed = 0; seed < kPublicSeeds; ++seed) {
    SeedOutcome outcome;
    outcome.seed = seed;
    outcome.eager = run(programs, ProgramKind::eager, TrialMode::values, seed);
    outcome.hybrid = run(programs, ProgramKind::hybrid, TrialMode::values, seed);
    const std::string failure = failure_of(outcome);
    verdict.harness_failed = !failure.empty();
    if (verdict.harness_failed) return "Nothing can be said: " + failure + ". Was program.h changed?";
    const auto found = first_trouble(outcome.eager, outcome.hybrid, programs.settings);
    if (!found) continue;
    verdict.detail = printed_text(outcome.hybrid);
    return explain(*found, programs.settings, seed);
  }
  return "";
}

std::string ExerciseJudge::object_to_growth(const ExerciseTask& task, const Programs& programs) {
  if (programs.settings.symptom != Symptom::memory) return "";
  const double growth = heap_growth_per_call(run(programs, ProgramKind::hybrid, TrialMode::measure, kObservedSeed));
  if (growth <= task.goal.growth) return "";
  return fmt::format("All values are right, but each call leaves {:.0f} bytes on the heap; at most {:.0f} are allowed.",
                     growth, task.goal.growth);
}

WarmCpu ExerciseJudge::cpu_of(const Programs& programs, const std::string& library, ProgramKind kind, int calls) {
  TrialRequest request;
  request.library = library;
  request.program = kind;
  request.seed = kObservedSeed;
  return warm_cpu(worker_.drive(programs.settings.threads, request, calls, kWarmPasses, limits_of(programs.settings)));
}

std::string ExerciseJudge::object_to_graph(const ExerciseTask& task, const Programs& programs) {
  if (!task.goal.graph) return "";
  GraphTrials trials;
  trials.eager = run(programs, ProgramKind::eager, TrialMode::observe, kObservedSeed);
  trials.program = run(programs, ProgramKind::hybrid, TrialMode::observe, kObservedSeed);
  auto objection = graph_objection(task.goal, programs.settings, trials);
  if (!objection) {
    // How long the real repair takes here isn't known: the slower of eager and the program as it was is the measure.
    const int calls = static_cast<int>(trials.eager.calls.size());
    trials.program_cpu = cpu_of(programs, programs.hybrid, ProgramKind::hybrid, calls);
    trials.eager_cpu = cpu_of(programs, programs.hybrid, ProgramKind::eager, calls);
    if (programs.settings.symptom != Symptom::hang) {
      trials.buggy_cpu = cpu_of(programs, programs.start, ProgramKind::hybrid, calls);
    }
    objection = graph_objection(task.goal, programs.settings, trials);
  }
  if (!objection) return "";
  return "All values are right, but the program is not the graph that it should be: " + *objection + ".";
}

std::string ExerciseJudge::object_to_time(const ExerciseTask& task, const Programs& programs) {
  if (programs.settings.symptom != Symptom::slow) return "";
  const auto seconds = time_programs(
      worker_, {{programs.start, ProgramKind::hybrid}, {programs.hybrid, ProgramKind::hybrid}}, programs.settings);
  if (!seconds) return "All values are right, but it could not be timed: " + seconds.error().message;
  const double speed_up = seconds->at(0) / seconds->at(1);
  if (speed_up >= task.goal.speed_up) return "";
  return fmt::format(
      "All values are right, but it is still too slow: {:.2g} times as fast as at the start, wanted are {:.2g} times.",
      speed_up, task.goal.speed_up);
}

}  // namespace hybugs
