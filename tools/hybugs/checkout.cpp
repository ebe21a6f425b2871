// hybugs checkout: a case, or all of them, as a repair tool sees them.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>

#include "harness/io/files.h"
#include "harness/os/cores.h"
#include "harness/report/text.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"
#include "tools/hybugs/task.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

struct CheckoutOptions {
  std::vector<std::string> words;  // ID DIR, or DIR
  bool all = false;

  std::vector<std::string> ids() const { return all ? std::vector<std::string>{} : std::vector{words.front()}; }
  const std::string& folder() const { return words.back(); }
};

using Tasks = std::map<std::string, TaskFiles>;  // by folder, relative to the one that is made

// All texts are read before anything is written.
std::optional<Tasks> read_tasks(const Session& session, const std::vector<const CaseSpec*>& cases, bool all) {
  Tasks tasks;
  bool complete = true;
  for (const CaseSpec* spec : cases) {
    auto files = task_files(*spec, session.paths.templates());
    if (!files) {
      print_error(files.error());
      complete = false;
      continue;
    }
    tasks[all ? spec->id : "."] = std::move(*files);
  }
  return complete ? std::optional(std::move(tasks)) : std::nullopt;
}

std::optional<Error> refusal(const std::string& folder) {
  std::error_code code;
  if (!fs::exists(folder, code) || fs::is_empty(folder, code)) return std::nullopt;
  return Error{folder, 0, fs::is_directory(folder, code) ? "is not empty" : "is no folder",
               "name a folder that is new or empty"};
}

Result<void> write_all(const Session& session, const Tasks& tasks, const std::string& folder) {
  for (const auto& [name, files] : tasks) {
    const std::string place = (fs::path(folder) / name).lexically_normal().string();
    if (const auto made = make_folder(place); !made) return made;
    if (const auto written = write_task(files, place); !written) return written;
  }
  const int jobs = granted_cores();
  return install_harness(session.paths, (fs::path(fs::absolute(folder)) / "harness").lexically_normal().string(), jobs);
}

// A half-made folder would be in the way of the next try.
void clear(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) fs::remove_all(entry.path(), ignored);
}

int checkout(const Session& session, const CheckoutOptions& options) {
  if (options.words.size() != (options.all ? 1U : 2U)) {
    print_error({"", 0, options.all ? "--all takes a folder only" : "a case and a folder are needed",
                 "`hybugs checkout ID DIR` or `hybugs checkout --all DIR`"});
    return kUsage;
  }
  const Corpus corpus = session.load();
  const auto cases = session.select(corpus, options.ids());
  if (!cases) return kUsage;
  const auto tasks = read_tasks(session, *cases, options.all);
  if (!tasks) return kUsage;
  if (const auto error = refusal(options.folder())) {
    print_error(*error);
    return kUsage;
  }
  if (const auto written = write_all(session, *tasks, options.folder()); !written) {
    clear(options.folder());
    print_error(written.error());
    return kHarnessFailure;
  }
  const std::string place = options.folder() + (options.all ? "/ID" : "");
  print(fmt::format("Made {} in {}. Read {}/TASK.md, change {}/hybrid.cpp, start {}/try.\n",
                    counted(tasks->size(), "task"), options.folder(), place, place, place));
  return kAsExpected;
}

}  // namespace

void add_checkout(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("checkout", "Make the folder of a task: the bug as a repair tool sees it");
  const auto options = std::make_shared<CheckoutOptions>();
  command->add_option("words", options->words, "the case, and a folder that is new or empty")
      ->type_name("ID DIR")
      ->required()
      ->expected(1, 2);
  command->add_flag("--all", options->all, "every case, each in DIR/ID; one harness for all in DIR/harness");
  command->footer(
      "The folder holds the task in words, the program with the bug, the eager program, and what is needed to build\n"
      "and try it; nothing of the repair, and no path into this tree: it may be moved, or given to others.\n"
      "Examples:\n"
      "  hybugs checkout tf-pwa-0db1b0b /tmp/task && /tmp/task/try\n"
      "  hybugs checkout --all /tmp/tasks");
  command->callback(
      [&session, options] { session.exit_code = session.at_home("checkout") ? checkout(session, *options) : kUsage; });
}

}  // namespace hybugs
