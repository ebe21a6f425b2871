// What all commands share: where things are, the corpus, how to speak.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/exec/builder.h"
#include "harness/io/corpus.h"

namespace hybugs {

enum ExitCode : int { kAsExpected = 0, kUnexpected = 1, kUsage = 2, kHarnessFailure = 3 };

struct Session {
  Paths paths;                          // --cases and --build, or what this binary was built with
  bool build = true;                    // what is out of date; else what is there is used
  bool colour = false;                  // standard output is a terminal
  std::string program_name = "hybugs";  // as typed
  std::string command_line;             // as typed
  std::string environment;              // --env as typed; empty: this system
  int exit_code = kAsExpected;          // set by the command that ran

  /// This program with the options that find the same corpus: the start of a command to repeat something.
  std::string program() const;

  /// An environment by its name, or by its folder if there is a slash in it. An Error where it isn't whole, or older
  /// than the list of packages that HyBugs needs.
  Result<TorchEnvironment> find_environment(const std::string& word) const;

  /// Tasks and the judging of repairs need the checkout and this system's compiler. Prints that where `command` is
  /// asked of an environment or an installed HyBugs; false then.
  bool at_home(const std::string& command) const;

  /// From here on programs are built and run in `environment`, in a build folder of its own.
  void use(const TorchEnvironment& environment);

  /// The corpus. Errors of cases are printed; they are not fatal here.
  Corpus load() const;

  /// The cases named by `ids`, all if there are none. Prints unknown ids with a suggestion; nullopt then.
  std::optional<std::vector<const CaseSpec*>> select(const Corpus& corpus, const std::vector<std::string>& ids) const;
};

/// Each command lives in its own file and adds itself: options, help with examples, and a callback that sets
/// `session.exit_code`.
void add_list(CLI::App& app, Session& session);
void add_show(CLI::App& app, Session& session);
void add_run(CLI::App& app, Session& session);
void add_time(CLI::App& app, Session& session);
void add_merge(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_new(CLI::App& app, Session& session);
void add_debug(CLI::App& app, Session& session);
void add_evaluate(CLI::App& app, Session& session);
void add_regrade(CLI::App& app, Session& session);
void add_selftest(CLI::App& app, Session& session);
void add_doctor(CLI::App& app, Session& session);
void add_study(CLI::App& app, Session& session);
void add_checkout(CLI::App& app, Session& session);
void add_env(CLI::App& app, Session& session);
void add_matrix(CLI::App& app, Session& session);
void add_compare(CLI::App& app, Session& session);
void add_export(CLI::App& app, Session& session);
void add_exercise(CLI::App& app, Session& session);
void add_grade(CLI::App& app, Session& session);

/// Prints `error: file:line: message` and the hint on standard error.
void print_error(const Error& error);

/// `~`-free absolute path as a short one, relative to the working folder where that is shorter.
std::string short_path(const std::string& path);

}  // namespace hybugs
