// hybugs grade: what students handed in, judged by `hybugs evaluate`.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/exec/scheduler.h"
#include "harness/exec/spawn.h"
#include "harness/io/files.h"
#include "harness/report/text.h"
#include "tools/hybugs/grading.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"
#include "tools/hybugs/sharding.h"
#include "tools/hybugs/site_results.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct GradeOptions {
  std::vector<std::string> submissions;
  std::vector<std::string> tasks;  // ids; empty: all that anybody handed in
  std::string output = "grades.csv";
  bool resume = false;
  bool no_gate = false;
  bool allow_weak_sandbox = false;
  std::optional<std::uint64_t> seed;
  std::string shard;
  int jobs = 0;

  /// Where the evaluation, the records and the students' files lie.
  std::string folder() const { return fs::path(output).replace_extension("").string(); }
};

std::vector<Submission> read_all(const GradeOptions& options, const Corpus& corpus) {
  std::vector<Submission> submissions;
  const auto is_case = [&](const std::string& id) { return corpus.find(id) != nullptr; };
  for (const std::string& path : options.submissions) submissions.push_back(read_submission(path, is_case));
  keep_newest(submissions);
  return submissions;
}

std::vector<std::string> tasks_of(const GradeOptions& options, const std::vector<Submission>& submissions) {
  if (!options.tasks.empty()) return options.tasks;
  std::set<std::string> ids;
  for (const Submission& submission : submissions) {
    for (const auto& [id, text] : submission.files) ids.insert(id);
  }
  return {ids.begin(), ids.end()};
}

Command evaluation_of(const Session& session, const GradeOptions& options, const Shard& shard) {
  Command command;
  command.arguments = {
      "/proc/self/exe",    "--cases",       session.paths.cases, "--build",
      session.paths.build, "evaluate",      "--predictions",     options.folder() + "/predictions.jsonl",
      "--output",          options.folder()};
  auto& arguments = command.arguments;
  if (!session.build) arguments.insert(arguments.begin() + 1, "--no-build");
  if (options.resume) arguments.emplace_back("--resume");
  if (options.no_gate) arguments.emplace_back("--no-gate");
  if (options.allow_weak_sandbox) arguments.emplace_back("--allow-weak-sandbox");
  if (options.seed) arguments.insert(arguments.end(), {"--seed", std::to_string(*options.seed)});
  if (!shard.is_whole()) arguments.insert(arguments.end(), {"--shard", shard.text()});
  if (options.jobs > 0) arguments.insert(arguments.end(), {"--jobs", std::to_string(options.jobs)});
  command.own_group = false;  // Ctrl-C is for both
  return command;
}

/// Runs `hybugs evaluate`, whose progress is seen and whose table isn't.
Result<int> evaluate(const Session& session, const GradeOptions& options, const Shard& shard) {
  stop_on_signals();  // what was graded is still written
  Command command = evaluation_of(session, options, shard);
  const Fd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  command.descriptors = {{null.get(), STDOUT_FILENO}};
  const auto child = spawn(command);
  if (!child) return Unexpected(child.error());
  const int status = wait_for(*child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Of two rows of one student the one that counts has the file.
Result<void> write_grades(const GradeOptions& options, const std::vector<StudentGrade>& grades,
                          const std::vector<std::string>& tasks) {
  if (const auto written = write_file(options.output, grades_csv(grades, tasks)); !written) return written;
  std::set<std::string> written_for;
  for (const bool readable : {true, false}) {
    for (const StudentGrade& grade : grades) {
      if (grade.submission.problem.empty() != readable || !written_for.insert(grade.submission.student).second)
        continue;
      const std::string folder = options.folder() + "/students/" + grade.submission.student;
      if (const auto made = make_folder(folder); !made) return made;
      const std::string text = gradescope_json(grade).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
      if (const auto written = write_file(folder + "/results.json", text); !written) return written;
    }
  }
  return {};
}

void print_problems(const std::vector<StudentGrade>& grades) {
  for (const StudentGrade& grade : grades) {
    const Submission& submission = grade.submission;
    if (!submission.problem.empty()) print_error({submission.path, 0, submission.problem, "its row says so"});
  }
}

int fail(const Error& error, int code) {
  print_error(error);
  return code;
}

// The table needs the verdicts of all shards.
int finish_shard(const GradeOptions& options, int code) {
  if (code != kAsExpected) return code;
  print(fmt::format(
      "Judged this shard's programs: {}/\nWhen all shards are done: hybugs merge FOLDER... --output grades, "
      "then the same command with --output grades.csv --resume and without --shard\n",
      options.folder()));
  return kAsExpected;
}

int grade(const Session& session, const GradeOptions& options) {
  if (!session.at_home("grade")) return kUsage;
  const auto shard = chosen_shard(options.shard);
  if (!shard) return fail(shard.error(), kUsage);
  if (!shard->is_whole() && !options.seed) {
    return fail({"", 0, "the shards of a grading need one seed: each would draw its own", "give all the same --seed"},
                kUsage);
  }
  if (options.folder() == options.output) {
    return fail({options.output, 0, "has no ending", "name a file such as grades.csv: details go into a folder grades"},
                kUsage);
  }
  const Corpus corpus = session.load();
  if (!session.select(corpus, options.tasks)) return kUsage;
  const auto submissions = read_all(options, corpus);
  const auto tasks = tasks_of(options, submissions);
  auto grades = first_grades(corpus, submissions, tasks);
  if (!grades) return fail(grades.error(), kUsage);
  print_problems(*grades);

  const std::string folder = options.folder();
  auto ready = make_folder(folder);
  if (ready) ready = write_file(folder + "/" + kGradingMark, json({{"tasks", tasks}}).dump() + "\n");
  const std::string predictions = predictions_text(*grades);
  if (ready) ready = write_file(folder + "/predictions.jsonl", predictions);
  if (!ready) return fail(ready.error(), kHarnessFailure);
  if (!predictions.empty()) {
    const auto code = evaluate(session, options, *shard);
    if (!code) return fail(code.error(), kHarnessFailure);
    if (!shard->is_whole()) return finish_shard(options, *code);
    if (const auto taken = take_verdicts(folder, *grades); !taken) return fail(taken.error(), kHarnessFailure);
  }
  if (const auto written = write_grades(options, *grades, tasks); !written)
    return fail(written.error(), kHarnessFailure);
  print(fmt::format("Graded {} in {}: {}; for Gradescope: {}/students/\n", counted(grades->size(), "submission"),
                    counted(tasks.size(), "task"), options.output, folder));
  if (is_complete(*grades)) return kAsExpected;
  return fail({options.output, 0, "not everything is graded",
               "go on with: " + session.command_line + (options.resume ? "" : " --resume")},
              kUnexpected);
}

}  // namespace

void add_grade(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("grade", "Grade what students handed in");
  const auto options = std::make_shared<GradeOptions>();
  command->add_option("submissions", options->submissions, "a folder or zip file for each student, named after them")
      ->required();
  command->add_option("--output,-o", options->output, "the table; details go into a folder of the same name")
      ->capture_default_str();
  command->add_option("--tasks", options->tasks, "ids of the cases that count; else all that anybody handed in")
      ->delimiter(',');
  command->add_flag("--resume", options->resume, "keep verdicts whose inputs are unchanged, with the same seeds");
  command->add_option("--seed", options->seed, "what fresh seeds are drawn from, to repeat a grading");
  add_shard_option(*command, options->shard);
  command->add_option("--jobs,-j", options->jobs, "programs at the same time")->check(CLI::Range(1, 256));
  command->add_flag("--no-gate", options->no_gate, "don't judge the cases' own programs first");
  command->add_flag("--allow-weak-sandbox", options->allow_weak_sandbox,
                    "go on where programs can't be contained; they may read and harm what you can");
  command->footer(
      "Programs are judged as `hybugs evaluate` judges repairs: contained, on seeds that nobody knows before and that\n"
      "are the same for all. Of a submission only the files ID/hybrid.cpp are read.\n"
      "Examples:\n"
      "  hybugs grade submissions/* --output grades.csv\n"
      "  hybugs grade submissions/* --output grades.csv --resume\n"
      "  hybugs grade submissions/* --seed 7 --shard 1/2 --output part-1.csv    on one machine; 2/2 on another; then\n"
      "  hybugs merge part-1 part-2 --output grades\n"
      "  hybugs grade submissions/* --output grades.csv --resume\n"
      "Exit codes: 0 all is graded, 1 something isn't (a harness error, an interruption), 2 wrong use, 3 nothing is.");
  command->callback([&session, options] { session.exit_code = grade(session, *options); });
}

}  // namespace hybugs
