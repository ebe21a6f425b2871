#include "tools/hybugs/exercise_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <thread>

#include "harness/core/judge.h"
#include "harness/exec/case_runner.h"
#include "harness/io/files.h"
#include "tools/hybugs/task.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

Result<ExerciseTask> make_task(Worker& worker, const Paths& paths, const CaseSpec& spec) {
  CaseRunner runner(worker, paths, spec);
  const TrialRecord eager = runner.run_trial("eager", kObservedSeed, TrialMode::observe);
  const TrialRecord fixed = runner.run_trial("fixed", kObservedSeed, TrialMode::observe);
  for (const TrialRecord* trial : {&eager, &fixed}) {
    if (trial->outcome == Outcome::completed) continue;
    const std::string why = trial->detail.empty() ? ending_text(*trial) : trial->detail;
    return Unexpected(Error{spec.folder, 0, "its real repair can't be run here: " + why,
                            "leave this case out, or see `hybugs run " + spec.id + "`"});
  }
  double growth = 0;
  if (spec.symptom == Symptom::memory) {
    growth = heap_growth_per_call(runner.run_trial("fixed", kObservedSeed, TrialMode::measure));
  }
  return ExerciseTask{spec.id, spec.difficulty, spec.prerequisites, spec.hints, goal_of(spec, eager, fixed, growth)};
}

Result<void> write_program(const std::string& from, const std::string& to) {
  const auto text = read_file(from);
  if (!text) return Unexpected(text.error());
  if (const auto written = write_file(to, *text); !written) return written;
  std::error_code code;
  fs::permissions(to, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add,
                  code);
  return {};
}

Result<void> write_case(const Session& session, const CaseSpec& spec, const std::string& folder) {
  auto files = task_files(spec, session.paths.templates());
  if (!files) return Unexpected(files.error());
  (*files)["start.cpp"] = (*files)["hybrid.cpp"];
  if (const auto made = make_folder(folder); !made) return made;
  return write_task(*files, folder);
}

}  // namespace

std::vector<const CaseSpec*> order_of_tasks(std::vector<const CaseSpec*> cases, std::optional<std::uint64_t> seed,
                                            std::size_t count) {
  std::sort(cases.begin(), cases.end(), [](const CaseSpec* a, const CaseSpec* b) { return a->id < b->id; });
  if (seed) {
    // By hand: what std::shuffle draws differs between libraries.
    std::mt19937_64 draw(*seed);
    for (std::size_t i = cases.size(); i > 1; --i) std::swap(cases[i - 1], cases[draw() % i]);
  }
  if (count > 0 && count < cases.size()) cases.resize(count);
  std::stable_sort(cases.begin(), cases.end(),
                   [](const CaseSpec* a, const CaseSpec* b) { return a->difficulty < b->difficulty; });
  return cases;
}

Result<std::vector<ExerciseTask>> make_tasks(const Session& session, Workshop& workshop,
                                             const std::vector<const CaseSpec*>& cases) {
  Worker worker(workshop.worker_options(session.paths));
  std::vector<ExerciseTask> tasks;
  for (const CaseSpec* spec : cases) {
    const auto failure = workshop.failures.find(spec->id);
    if (failure != workshop.failures.end()) {
      return Unexpected(Error{failure->second.log, 0, spec->id + " does not compile: " + failure->second.error,
                              "leave this case out, or mend it first"});
    }
    auto task = make_task(worker, session.paths, *spec);
    if (!task) return Unexpected(task.error());
    tasks.push_back(std::move(*task));
  }
  return tasks;
}

Result<void> write_exercise_folder(const Session& session, const std::vector<const CaseSpec*>& cases,
                                   const std::vector<ExerciseTask>& tasks, const std::string& folder) {
  if (const auto made = make_folder(folder); !made) return made;
  for (const CaseSpec* spec : cases) {
    if (const auto written = write_case(session, *spec, folder + "/" + spec->id); !written) return written;
  }
  const std::string templates = session.paths.templates();
  const auto readme = read_file(templates + "/EXERCISES.md");
  if (!readme) return Unexpected(readme.error());
  if (const auto written = write_file(folder + "/README.md", *readme); !written) return written;
  if (const auto written = write_program(templates + "/exercise", folder + "/exercise"); !written) return written;
  const int jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const std::string harness = (fs::path(fs::absolute(folder)) / "harness").lexically_normal().string();
  if (const auto installed = install_harness(session.paths, harness, jobs, {"harness", "exercise"}); !installed) {
    return installed;
  }
  return write_exercises(folder, tasks);
}

}  // namespace hybugs
