// hybugs exercise: folders of exercises for students, and the work in them.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <thread>

#include "harness/report/text.h"
#include "tools/exercise/exercise_command.h"
#include "tools/hybugs/case_filter.h"
#include "tools/hybugs/exercise_folder.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/task.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

struct InitOptions {
  std::string folder;
  std::vector<std::string> ids;
  CaseFilter filter;
  std::vector<int> difficulties;
  std::optional<std::uint64_t> seed;
  std::size_t count = 0;
};

int fail(const Error& error, int code) {
  print_error(error);
  return code;
}

std::optional<Error> refusal(const std::string& folder) {
  std::error_code code;
  if (!fs::exists(folder, code) || fs::is_empty(folder, code)) return std::nullopt;
  return Error{folder, 0, fs::is_directory(folder, code) ? "is not empty" : "is no folder",
               "name a folder that is new or empty"};
}

void drop_unwanted(std::vector<const CaseSpec*>& cases, const InitOptions& options) {
  const auto unwanted = [&](const CaseSpec* spec) {
    const auto& wanted = options.difficulties;
    const bool too_hard = !wanted.empty() && std::count(wanted.begin(), wanted.end(), spec->difficulty) == 0;
    return too_hard || !matches(options.filter, *spec);
  };
  cases.erase(std::remove_if(cases.begin(), cases.end(), unwanted), cases.end());
}

// A half-made folder would be in the way of the next try.
void clear(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) fs::remove_all(entry.path(), ignored);
}

int init(const Session& session, const InitOptions& options) {
  if (!session.at_home("exercise init")) return kUsage;
  for (const Error& error : unknown_words(options.filter)) return fail(error, kUsage);
  if (const auto error = refusal(options.folder)) return fail(*error, kUsage);
  const Corpus corpus = session.load();
  auto cases = session.select(corpus, options.ids);
  if (!cases) return kUsage;
  drop_unwanted(*cases, options);
  *cases = order_of_tasks(std::move(*cases), options.seed, options.count);
  if (cases->empty()) return fail({"", 0, "no case is left for the exercises", "`hybugs list` shows them all"}, kUsage);
  const int jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const auto workshop = open_workshop(session, *cases, jobs);
  if (!workshop) return fail(workshop.error(), kHarnessFailure);
  const auto tasks = make_tasks(session, **workshop, *cases);
  if (!tasks) return fail(tasks.error(), kHarnessFailure);
  if (const auto made = write_exercise_folder(session, *cases, *tasks, options.folder); !made) {
    clear(options.folder);
    return fail(made.error(), kHarnessFailure);
  }
  print(fmt::format("Made {} in {}. Go there and start `hybugs exercise`, or ./exercise where there is no hybugs.\n",
                    counted(tasks->size(), "exercise"), options.folder));
  return kAsExpected;
}

void add_init(CLI::App& exercise, Session& session) {
  auto* command = exercise.add_subcommand("init", "Make a student's folder");
  const auto options = std::make_shared<InitOptions>();
  command->add_option("folder", options->folder, "a folder that is new or empty")->required();
  command->add_option("--cases", options->ids, "ids of the cases; all if none is named")->delimiter(',');
  command->add_option("--mechanism", options->filter.mechanisms, "only cases of this mechanism; repeatable")
      ->allow_extra_args(false);
  command->add_option("--symptom", options->filter.symptoms, "only cases of this symptom; repeatable")
      ->allow_extra_args(false);
  command->add_option("--difficulty", options->difficulties, "only cases of this difficulty, 1 to 3; repeatable")
      ->allow_extra_args(false)
      ->check(CLI::Range(1, 3));
  command->add_option("--count", options->count, "take only so many of them");
  command->add_option("--seed", options->seed, "draw order and choice from this number: another one for each student");
  command->footer(
      "The folder holds the tasks and nothing of their repairs; it may be moved, or given to others.\n"
      "Examples:\n"
      "  hybugs exercise init alice --mechanism shape-baked --mechanism value-baked\n"
      "  hybugs exercise init bob --difficulty 1 --count 5 --seed 7");
  command->callback([&session, options] { session.exit_code = init(session, *options); });
}

}  // namespace

void add_exercise(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("exercise", "Learn by repairing: show the next task, judge each save");
  const auto options = std::make_shared<ExerciseOptions>();
  add_exercise_options(*command, *options);
  add_init(*command, session);
  command->require_subcommand(0, 1);
  command->callback([&session, command, options] {
    if (!command->get_subcommands().empty()) return;
    options->colour = session.colour;
    session.exit_code = run_exercise(*options);
  });
}

}  // namespace hybugs
