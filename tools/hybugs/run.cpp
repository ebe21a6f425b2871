// hybugs run: build, run and judge cases.
#include <unistd.h>

#include <memory>

#include "harness/os/cores.h"
#include "harness/report/console.h"
#include "harness/report/terminal.h"
#include "tools/hybugs/experiment_command.h"
#include "tools/hybugs/seeds.h"

namespace hybugs {
namespace {

struct RunOptions {
  std::string seeds = "5";
  bool no_timing = false;
  ExperimentCommand command;
};

int run(const Session& session, RunOptions options) {
  const auto seeds = parse_seeds(options.seeds);
  if (!seeds) {
    print_error(seeds.error());
    return kUsage;
  }
  options.command.experiment.plan.seeds = *seeds;
  options.command.experiment.timing = !options.no_timing;
  options.command.console = [&](const Experiment& experiment) {
    return summary_table(experiment, output_width(STDOUT_FILENO), session.colour);
  };
  return run_experiment(session, std::move(options.command), [](const CaseSpec&) { return true; });
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("run", "Build what is out of date, run the cases, judge them");
  const auto options = std::make_shared<RunOptions>();
  options->command.name = "run";
  ExperimentOptions& experiment = options->command.experiment;
  experiment.jobs = granted_cores();
  command->add_option("ids", options->command.ids, "cases to run; all if none is named");
  command->add_option("--jobs,-j", experiment.jobs, "trials at the same time")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_option("--seeds", options->seeds, "how many seeds (5: seeds 0 to 4), or which (0,7,9-12)")
      ->capture_default_str();
  command->add_option("--repetitions", experiment.plan.repetitions, "repetitions of each seed")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command->add_flag("--no-timing", options->no_timing, "judge slow cases by their values only");
  add_experiment_options(*command, options->command);
  command->footer(
      "Examples:\n"
      "  hybugs run                                  every case, seeds 0 to 4\n"
      "  hybugs run tf-pwa-0db1b0b --seeds 20        one case, seeds 0 to 19\n"
      "  hybugs run --output /tmp/results --resume   go on after an interruption\n"
      "Each results folder has results.jsonl (a line a case, written at once), report.json and junit.xml.");
  command->callback([&session, options] { session.exit_code = run(session, *options); });
}

}  // namespace hybugs
