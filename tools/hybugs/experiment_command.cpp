#include "tools/hybugs/experiment_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "harness/report/junit.h"
#include "tools/hybugs/experiment_shard.h"
#include "tools/hybugs/sharding.h"

namespace hybugs {
namespace {

constexpr int kInterrupted = 130;

void print_report(const ExperimentCommand& command, const Experiment& experiment) {
  std::string text;
  if (command.reporter == "json") {
    text = to_json(experiment).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  } else if (command.reporter == "junit") {
    text = junit_xml(experiment);
  } else {
    text = command.console(experiment);
  }
  std::fputs(text.c_str(), stdout);
}

int say_what_is_built(const Workshop& workshop, std::size_t cases) {
  for (const auto& [id, failure] : workshop.failures) print_error({failure.log, 0, id + ": " + failure.error, ""});
  std::fputs(fmt::format("built: {} of {} cases\n", cases - workshop.failures.size(), cases).c_str(), stdout);
  return workshop.failures.empty() ? kAsExpected : kUnexpected;
}

}  // namespace

void add_experiment_options(CLI::App& app, ExperimentCommand& command) {
  ExperimentOptions& experiment = command.experiment;
  app.add_option("--max-time", experiment.max_seconds, "seconds after which the timing of a case ends undecided")
      ->check(CLI::Range(1.0, 86400.0))
      ->capture_default_str();
  app.add_flag("--resume", experiment.resume, "keep finished results whose inputs are unchanged");
  app.add_option("--output,-o", experiment.output,
                 "results folder (default: results/local/<time>; with --resume the newest)");
  app.add_option("--reporter", command.reporter, "what to print at the end")
      ->check(CLI::IsMember({"console", "json", "junit"}))
      ->capture_default_str();
  add_shard_option(app, command.shard);
  app.add_flag("--build-only", command.build_only, "build what is out of date and stop; see --no-build");
  app.add_flag("--strict", command.strict, "inconclusive and unsupported count as unexpected");
}

int run_experiment(const Session& session, ExperimentCommand command,
                   const std::function<bool(const CaseSpec&)>& wanted) {
  ExperimentOptions& options = command.experiment;
  const auto shard = chosen_shard(command.shard);
  if (!shard) {
    print_error(shard.error());
    return kUsage;
  }
  if (options.output.empty()) options.output = default_output(session, options.resume, *shard);
  const Corpus corpus = session.load();
  auto cases = session.select(corpus, command.ids);
  if (!cases) return kUsage;
  if (command.ids.empty()) {
    const auto unwanted = [&](const CaseSpec* spec) { return !wanted(*spec); };
    cases->erase(std::remove_if(cases->begin(), cases->end(), unwanted), cases->end());
  }
  if (cases->empty()) {
    print_error({session.paths.cases, 0, "no case to run", "`hybugs new ID` makes one"});
    return kUsage;
  }
  const std::vector<const CaseSpec*> all = *cases;
  if (!shard->is_whole()) *cases = cases_of_shard(all, *shard, known_costs(session, command.name));
  const auto workshop = open_workshop(session, *cases, options.jobs);
  if (!workshop) {
    print_error(workshop.error());
    return kHarnessFailure;
  }
  if (command.build_only) return say_what_is_built(**workshop, cases->size());
  if (!shard->is_whole()) {
    const auto named = name_shard(session, command.name, options, **workshop, {*shard, all, *cases});
    if (!named) {
      print_error(named.error());
      return kHarnessFailure;
    }
  }
  ExperimentRunner runner(session, **workshop, options);
  const auto experiment = runner.run(*cases);
  if (!experiment) {
    print_error(experiment.error());
    return kHarnessFailure;
  }
  print_report(command, *experiment);
  std::fputs(fmt::format("Results: {}\n", short_path(options.output)).c_str(), stderr);
  if (runner.interrupted()) {
    const std::string done =
        fmt::format("interrupted: {} of {} results are kept", experiment->results.size(), cases->size());
    print_error({"", 0, done, "go on with: " + session.command_line + (options.resume ? "" : " --resume")});
    return kInterrupted;
  }
  const int code = exit_code_of(*experiment, command.strict);
  return code == kAsExpected && !corpus.errors.empty() ? kUsage : code;
}

}  // namespace hybugs
