// hybugs time: how much slower buggy is than fixed, with an interval.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

#include "harness/core/vocabulary.h"
#include "harness/exec/timing.h"
#include "harness/os/cores.h"
#include "harness/report/terminal.h"
#include "harness/report/timing_table.h"
#include "tools/hybugs/control.h"
#include "tools/hybugs/experiment_command.h"

namespace hybugs {
namespace {

struct TimeOptions {
  bool control = false;
  ExperimentCommand command;
};

std::string report(const Session& session, const Experiment& experiment) {
  const int width = output_width(STDOUT_FILENO);
  const auto rows = ratio_rows(experiment);
  std::string text = ratio_table(rows, width, session.colour) + "\n" + phase_table(rows, width, session.colour);
  for (const CaseResult& result : experiment.results) {
    if (result.timing) continue;
    text += fmt::format("{}: {}, not timed: {}\n", result.id, to_string(result.verdict), result.evidence);
  }
  const Context& context = experiment.context;
  text += fmt::format(
      "\nRatios are medians of pairs, intervals hold them in {:.4g} % of comparisons. to eager: buggy against eager. "
      "GB: "
      "Google Benchmark in the trial.\n"
      "LibTorch {}, {}, {}, {} cores (CPUs {}), governor {}, load {:.2f} to {:.2f}\n",
      100 * (1 - kIntervalError), context.libtorch, context.blas, context.machine, context.cores, context.affinity,
      context.governor, context.load_start, context.load_end);
  return text;
}

bool all_can_be_timed(const Session& session, const std::vector<std::string>& ids) {
  const Corpus corpus = session.load();
  bool all = true;
  for (const std::string& id : ids) {
    const CaseSpec* spec = corpus.find(id);
    if (spec == nullptr || is_timed(*spec)) continue;  // an unknown id has its own message
    print_error({"", 0,
                 fmt::format("{} has symptom {}: only slow and memory cases are timed", id, to_string(spec->symptom)),
                 "`hybugs list --symptom slow` shows them"});
    all = false;
  }
  return all;
}

int time_cases(const Session& session, TimeOptions options) {
  if (!all_can_be_timed(session, options.command.ids)) return kUsage;
  if (options.control) return run_control(session, options.command);
  options.command.experiment.plan.seeds = {0};  // values are `run`'s affair; here they must be right as well
  options.command.console = [&](const Experiment& experiment) { return report(session, experiment); };
  return run_experiment(session, std::move(options.command), is_timed);
}

}  // namespace

void add_time(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("time", "Time buggy against fixed and eager, with an interval for the ratio");
  const auto options = std::make_shared<TimeOptions>();
  options->command.name = "time";
  options->command.experiment.jobs = granted_cores();
  command->add_option("ids", options->command.ids, "slow or memory cases; all of them if none is named");
  command->add_flag("--control", options->control,
                    "time fixed against itself: how often this machine, as busy as it is now, raises a false alarm");
  add_experiment_options(*command, options->command);
  command->footer(
      "Examples:\n"
      "  hybugs time                            every slow and memory case\n"
      "  hybugs time keras-io-b3e561a           one case\n"
      "  hybugs time --control                  is this machine quiet enough?\n"
      "report.json of the results folder holds every sample; google_benchmark.json is for Google Benchmark's\n"
      "tools/compare.py. Close what else computes: noise is survived, but takes more pairs.");
  command->callback([&session, options] { session.exit_code = time_cases(session, *options); });
}

}  // namespace hybugs
