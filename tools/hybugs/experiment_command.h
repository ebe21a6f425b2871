// What `run` and `time` share: their options, and the way from cases to an exit code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/hybugs/experiment.h"

namespace hybugs {

struct ExperimentCommand {
  std::string name;  // `run`, `time`
  std::vector<std::string> ids;
  std::string shard;
  std::string reporter = "console";
  bool strict = false;
  bool build_only = false;
  ExperimentOptions experiment;
  std::function<std::string(const Experiment&)> console;  // the text of the console reporter
};

/// The options for the cap on time, for where results go, for the reporter and for --strict.
void add_experiment_options(CLI::App& app, ExperimentCommand& command);

/// Runs the cases that are named, all that `wanted` accepts if none is, and prints the report.
int run_experiment(const Session& session, ExperimentCommand command,
                   const std::function<bool(const CaseSpec&)>& wanted);

}  // namespace hybugs
