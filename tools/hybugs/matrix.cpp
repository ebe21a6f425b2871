// hybugs matrix: the corpus against every LibTorch that is here.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/exec/scheduler.h"
#include "harness/io/torch_environments.h"
#include "harness/report/matrix_report.h"
#include "harness/report/terminal.h"
#include "harness/report/text.h"
#include "tools/hybugs/experiment_shard.h"
#include "tools/hybugs/matrix_results.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/seeds.h"
#include "tools/hybugs/sharding.h"

namespace hybugs {
namespace {

constexpr int kInterrupted = 130;

struct MatrixOptions {
  std::vector<std::string> ids;
  std::string shard;
  std::vector<std::string> environments;
  std::string folder = default_environments_folder();
  std::string seeds = "5";
  std::string reporter = "console";
  bool json = false;
  bool fresh = false;
  bool no_timing = false;
  bool strict = false;
  ExperimentOptions experiment;
};

/// What --env means for one column: this session, or one in an environment.
using Place = std::pair<std::string, Session>;

/// `host` and all that is registered, or those that are named. Prints what can't be used; nullopt then.
std::optional<std::vector<Place>> find_places(const Session& session, const MatrixOptions& options) {
  std::vector<std::string> names = options.environments;
  const std::string folder = absolute_folder(options.folder);
  if (names.empty()) {
    names = {kHostEnvironment};
    const TorchEnvironments found = list_environments(folder);
    for (const TorchEnvironment& environment : found.all) names.push_back(environment.name);
    for (const Error& error : found.errors) print_error(error);
  }
  std::vector<Place> places;
  bool good = true;
  for (const std::string& name : names) {
    places.emplace_back(name, session);
    if (name == kHostEnvironment) continue;
    const auto environment = session.find_environment(folder + "/" + name);
    if (environment) {
      Session& inside = places.back().second;
      inside.environment = folder == default_environments_folder() ? name : short_path(environment->folder);
      inside.use(*environment);
    } else {
      print_error(environment.error());
      good = false;
    }
  }
  if (!good) return std::nullopt;
  return places;
}

Result<std::unique_ptr<Workshop>> build(const Place& place, const std::vector<const CaseSpec*>& cases, int jobs,
                                        const std::string& header) {
  Progress progress(STDERR_FILENO, 0);
  progress.print(STDERR_FILENO, header + "\n");
  progress.start(place.first + " (building)");
  return open_workshop(place.second, cases, jobs);
}

MatrixColumn run_column(const Place& place, const ShardOfCases& part, const MatrixOptions& options,
                        const std::string& header) {
  MatrixColumn column;
  column.environment = place.first;
  const auto workshop = build(place, part.mine, options.experiment.jobs, header);
  if (!workshop) {
    column.failure = workshop.error().text();
    return column;
  }
  ExperimentOptions experiment = options.experiment;
  experiment.output += "/" + place.first;
  if (!part.shard.is_whole()) {
    const auto named = name_shard(place.second, "run", experiment, **workshop, part);
    if (!named) {
      column.failure = named.error().text();
      return column;
    }
  }
  ExperimentRunner runner(place.second, **workshop, experiment);
  auto result = runner.run(part.mine);
  if (result) {
    column.experiment = std::move(*result);
  } else {
    column.failure = result.error().text();
  }
  return column;
}

std::string report(const Session& session, const MatrixOptions& options, const Matrix& matrix) {
  if (options.reporter == "markdown") return matrix_markdown(matrix);
  if (options.reporter == "junit") return matrix_junit(matrix);
  return matrix_table(matrix, output_width(STDOUT_FILENO), session.colour);
}

int run_matrix(const Session& session, MatrixOptions options) {
  if (session.paths.source.empty()) {
    print_error({"", 0, "the matrix needs HyBugs's source tree", "start hybugs from a checkout"});
    return kUsage;
  }
  const auto seeds = parse_seeds(options.seeds);
  const auto shard = chosen_shard(options.shard);
  if (!seeds || !shard) {
    print_error(seeds ? shard.error() : seeds.error());
    return kUsage;
  }
  ExperimentOptions& experiment = options.experiment;
  experiment.plan.seeds = *seeds;
  experiment.timing = !options.no_timing;
  experiment.resume = !options.fresh;
  if (experiment.output.empty()) experiment.output = session.paths.results() + "/local/matrix" + shard->suffix();
  const auto places = find_places(session, options);
  if (!places) return kUsage;
  const Corpus corpus = session.load();
  const auto all = session.select(corpus, options.ids);
  if (!all) return kUsage;
  const auto cases = shard->is_whole() ? *all : cases_of_shard(*all, *shard, known_costs(session, "run"));
  Matrix matrix;
  for (const CaseSpec* spec : cases) matrix.cases.push_back(spec->id);
  const std::atomic<bool>& stop = stop_on_signals();
  for (const Place& place : *places) {
    if (stop) break;
    const std::string header = fmt::format("{} ({} of {}): building {}", place.first, matrix.columns.size() + 1,
                                           places->size(), counted(cases.size(), "case"));
    matrix.columns.push_back(run_column(place, {*shard, *all, cases}, options, header));
  }
  if (const auto written = write_matrix(matrix, experiment.output); !written) {
    print_error(written.error());
    return kHarnessFailure;
  }
  if (options.json || options.reporter == "json") {
    print_json(matrix_json(matrix));
  } else {
    print(report(session, options, matrix));
  }
  std::fputs(fmt::format("Results: {}\n", short_path(experiment.output)).c_str(), stderr);
  if (stop) {
    print_error({"", 0, "interrupted: what is finished is kept", "go on with: " + session.command_line});
    return kInterrupted;
  }
  const int code = exit_code_of(matrix, options.strict);
  return code == kAsExpected && !corpus.errors.empty() ? kUsage : code;
}

}  // namespace

void add_matrix(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("matrix", "Run the cases against several versions of LibTorch");
  const auto options = std::make_shared<MatrixOptions>();
  ExperimentOptions& experiment = options->experiment;
  experiment.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  command->add_option("ids", options->ids, "cases to run; all if none is named");
  command
      ->add_option("--env,-e", options->environments,
                   "environments, `host` for this system (default: host and all of `hybugs env list`); repeatable")
      ->allow_extra_args(false);
  command->add_option("--dir", options->folder, "where environments are (default: $HYBUGS_ENV_DIR, or ~/.cache)");
  command->add_option("--output,-o", experiment.output, "results folder (default: results/local/matrix)");
  command->add_flag("--fresh", options->fresh,
                    "run everything again; else results whose inputs are unchanged are kept");
  command->add_option("--jobs,-j", experiment.jobs, "trials at the same time")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_option("--seeds", options->seeds, "how many seeds, or which, as for `hybugs run`")
      ->capture_default_str();
  command->add_flag("--no-timing", options->no_timing, "judge slow cases by their values only");
  command->add_option("--max-time", experiment.max_seconds, "seconds after which the timing of a case ends undecided")
      ->check(CLI::Range(1.0, 86400.0))
      ->capture_default_str();
  command->add_option("--reporter", options->reporter, "what to print at the end")
      ->check(CLI::IsMember({"console", "json", "junit", "markdown"}))
      ->capture_default_str();
  add_shard_option(*command, options->shard);
  command->add_flag("--json", options->json, "the same as --reporter json");
  command->add_flag("--strict", options->strict, "inconclusive and unsupported count as unexpected");
  command->footer(
      "The results folder has a folder for each environment, as `hybugs run` writes it, and matrix.json, matrix.md,\n"
      "junit.xml. Exit code 1: some cell isn't what its case expects of that LibTorch.\n"
      "Examples:\n"
      "  hybugs matrix                                    all cases, this system and all environments\n"
      "  hybugs matrix pt-51154 -e host -e trixie         one case, two versions\n"
      "  hybugs compare results/local/matrix/trixie results/local/matrix/forky");
  command->callback([&session, options] { session.exit_code = run_matrix(session, *options); });
}

}  // namespace hybugs
