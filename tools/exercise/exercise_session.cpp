#include "tools/exercise/exercise_session.h"

#include <fmt/color.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "harness/exec/scheduler.h"
#include "harness/exec/toolchain.h"
#include "tools/exercise/exercise_judge.h"
#include "tools/exercise/save_watch.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

constexpr int kInterrupted = 130;

int fail(const Error& error, int code) {
  fmt::print(stderr, "error: {}\n", error.text());
  return code;
}

class ExerciseSession {
 public:
  ExerciseSession(const ExerciseOptions& options, std::vector<ExerciseTask> tasks, ExerciseProgress progress)
      : options_(options),
        tasks_(std::move(tasks)),
        progress_(std::move(progress)),
        stop_(stop_on_signals()),
        judge_(options.folder, stop_) {}

  int run() {
    if (options_.list) return list();
    const ExerciseTask* task = first_task();
    if (task == nullptr) return nothing_left();
    if (options_.hint) return show_hint(*task);
    if (options_.reset) return reset(*task);
    return options_.once ? judge_once(*task) : watch(task);
  }

  bool knows(const std::string& id) const { return id.empty() || find(id) != nullptr; }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const ExerciseTask& task : tasks_) all.push_back(task.id);
    return all;
  }

 private:
  const ExerciseTask* find(const std::string& id) const {
    const auto found = std::find_if(tasks_.begin(), tasks_.end(), [&](const auto& task) { return task.id == id; });
    return found == tasks_.end() ? nullptr : &*found;
  }

  bool solved(const ExerciseTask& task) const {
    const auto found = progress_.find(task.id);
    return found != progress_.end() && !found->second.solved.empty();
  }

  const ExerciseTask* first_task() const { return options_.task.empty() ? next_after(nullptr) : find(options_.task); }

  /// The next one that isn't solved, in a circle; nullptr when all are.
  const ExerciseTask* next_after(const ExerciseTask* task) const {
    const std::size_t begin = task == nullptr ? 0 : static_cast<std::size_t>(task - tasks_.data()) + 1;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const ExerciseTask& candidate = tasks_[(begin + i) % tasks_.size()];
      if (!solved(candidate)) return &candidate;
    }
    return nullptr;
  }

  std::string painted(const std::string& text, fmt::color colour) const {
    return options_.colour ? fmt::format(fmt::fg(colour), "{}", text) : text;
  }

  std::string path(const ExerciseTask& task, const char* file) const {
    const fs::path place = (fs::path(options_.folder) / task.id / file).lexically_normal();
    const fs::path shorter = place.lexically_proximate(fs::current_path());
    return (shorter.native().size() < place.native().size() ? shorter : place).string();
  }

  int nothing_left() const {
    fmt::print("All {} tasks are solved. Well done!\n", tasks_.size());
    return kExerciseSolved;
  }

  int list() const {
    for (const ExerciseTask& task : tasks_) {
      const auto found = progress_.find(task.id);
      const TaskProgress done = found == progress_.end() ? TaskProgress{} : found->second;
      fmt::print("{} {:<44} difficulty {}  {:>3} attempts  {} of {} hints\n", solved(task) ? "[x]" : "[ ]", task.id,
                 task.difficulty, done.attempts, done.hints, task.hints.size());
    }
    const auto count = std::count_if(tasks_.begin(), tasks_.end(), [&](const auto& task) { return solved(task); });
    fmt::print("{} of {} solved\n", count, tasks_.size());
    return kExerciseSolved;
  }

  int keep() const {
    const auto written = write_progress(options_.folder, progress_);
    return written ? kExerciseSolved : fail(written.error(), kExerciseFailure);
  }

  int show_hint(const ExerciseTask& task) {
    TaskProgress& done = progress_[task.id];
    if (task.hints.empty()) {
      fmt::print("{} has no hints.\n", task.id);
      return kExerciseSolved;
    }
    const auto count = static_cast<int>(task.hints.size());
    const bool more = done.hints < count;
    if (more) ++done.hints;
    for (int i = 0; i < done.hints; ++i) {
      fmt::print("Hint {} of {} for {}: {}\n", i + 1, count, task.id, task.hints[static_cast<std::size_t>(i)]);
    }
    if (!more) fmt::print("There are no more hints.\n");
    return keep();
  }

  int reset(const ExerciseTask& task) const {
    std::error_code code;
    const std::string file = path(task, "hybrid.cpp");
    fs::rename(file, file + ".mine", code);
    fs::copy_file(path(task, "start.cpp"), file, code);
    if (code) return fail({file, 0, "cannot be put back: " + code.message(), ""}, kExerciseFailure);
    fmt::print("{} is as it was; yours is {}.mine\n", file, file);
    return kExerciseSolved;
  }

  void introduce(const ExerciseTask& task) const {
    const auto number = &task - tasks_.data() + 1;
    fmt::print("\n{}\n",
               painted(fmt::format("Task {} of {}: {}", number, tasks_.size(), task.id), fmt::color::steel_blue));
    fmt::print("  difficulty {} of 3\n", task.difficulty);
    if (!task.prerequisites.empty()) fmt::print("  good to know: {}\n", fmt::join(task.prerequisites, ", "));
    fmt::print("  read   {}\n  change {}\n", path(task, "TASK.md"), path(task, "hybrid.cpp"));
  }

  ExerciseVerdict judge_now(const ExerciseTask& task) {
    fmt::print("Building and judging ...\n");
    std::fflush(stdout);
    ExerciseVerdict verdict = judge_.judge(task);
    if (stop_) return verdict;
    fmt::print("{} {} ({:.1f} s)\n",
               verdict.solved ? painted("Solved:", fmt::color::green) : painted("Not yet:", fmt::color::crimson),
               verdict.sentence, verdict.seconds);
    if (!verdict.detail.empty()) fmt::print("\n{}\n", verdict.detail);
    std::fflush(stdout);
    if (verdict.harness_failed) return verdict;
    TaskProgress& done = progress_[task.id];
    ++done.attempts;
    if (verdict.solved && done.solved.empty()) done.solved = utc_now();
    keep();
    return verdict;
  }

  int judge_once(const ExerciseTask& task) {
    if (const auto ready = judge_.prepare(task); !ready) return fail(ready.error(), kExerciseFailure);
    introduce(task);
    const ExerciseVerdict verdict = judge_now(task);
    if (stop_) return kInterrupted;
    return verdict.harness_failed ? kExerciseFailure : verdict.solved ? kExerciseSolved : kExerciseOpen;
  }

  int watch(const ExerciseTask* task) {
    while (task != nullptr && !left_ && !stop_) {
      introduce(*task);
      fmt::print("Getting ready ...\n");
      std::fflush(stdout);
      if (const auto ready = judge_.prepare(*task); !ready) return fail(ready.error(), kExerciseFailure);
      task = watch_task(*task);
    }
    if (stop_) return kInterrupted;
    return left_ ? kExerciseSolved : nothing_left();
  }

  /// The task to go on with; nullptr when all are solved.
  const ExerciseTask* watch_task(const ExerciseTask& task) {
    SaveWatch save(path(task, "hybrid.cpp"), stop_);
    while (!stop_) {
      fmt::print("Save hybrid.cpp to have it judged. (h + Enter: hint, n: next task, l: list, q: leave)\n");
      std::fflush(stdout);
      switch (save.wait()) {
        case SaveWatch::kSaved:
          if (judge_now(task).solved) return next_after(&task);
          break;
        case 'h':
          show_hint(task);
          break;
        case 'l':
          list();
          break;
        case 'n':
          return next_after(&task);
        case SaveWatch::kLeave:
          left_ = true;
          return &task;
        default:
          break;
      }
    }
    return &task;
  }

  const ExerciseOptions& options_;
  std::vector<ExerciseTask> tasks_;
  ExerciseProgress progress_;
  const std::atomic<bool>& stop_;
  ExerciseJudge judge_;
  bool left_ = false;
};

}  // namespace

int run_exercise(const ExerciseOptions& options) {
  auto tasks = read_exercises(options.folder);
  if (!tasks) return fail(tasks.error(), kExerciseUsage);
  auto progress = read_progress(options.folder);
  if (!progress) return fail(progress.error(), kExerciseUsage);
  ExerciseSession session(options, std::move(*tasks), std::move(*progress));
  if (session.knows(options.task)) return session.run();
  return fail(
      {options.folder, 0, fmt::format("no task '{}'{}", options.task, did_you_mean(options.task, session.ids())),
       "--list shows them all"},
      kExerciseUsage);
}

}  // namespace hybugs
