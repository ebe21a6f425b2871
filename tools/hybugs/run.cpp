// hybugs run: build, run and judge cases.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/report/console.h"
#include "harness/report/junit.h"
#include "harness/report/terminal.h"
#include "tools/hybugs/experiment.h"
#include "tools/hybugs/seeds.h"

namespace hybugs {
namespace {

constexpr int kInterrupted = 130;

struct RunOptions {
  std::vector<std::string> ids;
  std::string seeds = "5";
  std::string reporter = "console";
  bool strict = false;
  bool no_timing = false;
  ExperimentOptions experiment;
};

void print_report(const Session& session, const Experiment& experiment, const std::string& reporter) {
  std::string text;
  if (reporter == "json") {
    text = to_json(experiment).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  } else if (reporter == "junit") {
    text = junit_xml(experiment);
  } else {
    text = summary_table(experiment, output_width(STDOUT_FILENO), session.colour);
  }
  std::fputs(text.c_str(), stdout);
}

int run(const Session& session, RunOptions options) {
  const auto seeds = parse_seeds(options.seeds);
  if (!seeds) {
    print_error(seeds.error());
    return kUsage;
  }
  options.experiment.plan.seeds = *seeds;
  options.experiment.timing = !options.no_timing;
  if (options.experiment.output.empty()) {
    options.experiment.output = default_output(session, options.experiment.resume);
  }
  const Corpus corpus = session.load();
  const auto cases = session.select(corpus, options.ids);
  if (!cases) return kUsage;
  if (cases->empty()) {
    print_error({session.paths.cases, 0, "no case to run", "`hybugs new ID` makes one"});
    return kUsage;
  }
  const auto workshop = open_workshop(session, *cases, options.experiment.jobs);
  if (!workshop) {
    print_error(workshop.error());
    return kHarnessFailure;
  }
  ExperimentRunner runner(session, **workshop, options.experiment);
  const auto experiment = runner.run(*cases);
  if (!experiment) {
    print_error(experiment.error());
    return kHarnessFailure;
  }
  print_report(session, *experiment, options.reporter);
  std::fputs(fmt::format("Results: {}\n", short_path(options.experiment.output)).c_str(), stderr);
  if (runner.interrupted()) {
    const std::string done =
        fmt::format("interrupted: {} of {} results are kept", experiment->results.size(), cases->size());
    print_error({"", 0, done, "go on with: " + session.command_line + (options.experiment.resume ? "" : " --resume")});
    return kInterrupted;
  }
  const int code = exit_code_of(*experiment, options.strict);
  return code == kAsExpected && !corpus.errors.empty() ? kUsage : code;
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("run", "Build what is out of date, run the cases, judge them");
  const auto options = std::make_shared<RunOptions>();
  ExperimentOptions& experiment = options->experiment;
  experiment.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  command->add_option("ids", options->ids, "cases to run; all if none is named");
  command->add_option("--jobs,-j", experiment.jobs, "trials at the same time")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_option("--seeds", options->seeds, "how many seeds (5: seeds 0 to 4), or which (0,7,9-12)")
      ->capture_default_str();
  command->add_option("--repetitions", experiment.plan.repetitions, "repetitions of each seed")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command->add_flag("--resume", experiment.resume, "keep finished results whose inputs are unchanged");
  command->add_option("--output,-o", experiment.output,
                      "results folder (default: results/local/<time>; with --resume the newest)");
  command->add_option("--reporter", options->reporter, "what to print at the end")
      ->check(CLI::IsMember({"console", "json", "junit"}))
      ->capture_default_str();
  command->add_flag("--no-timing", options->no_timing, "judge slow cases by their values only");
  command->add_flag("--strict", options->strict, "inconclusive and unsupported count as unexpected");
  command->footer(
      "Examples:\n"
      "  hybugs run                                  every case, seeds 0 to 4\n"
      "  hybugs run tf-pwa-0db1b0b --seeds 20        one case, seeds 0 to 19\n"
      "  hybugs run --output /tmp/results --resume   go on after an interruption\n"
      "Each results folder has results.jsonl (a line a case, written at once), report.json and junit.xml.");
  command->callback([&session, options] { session.exit_code = run(session, *options); });
}

}  // namespace hybugs
