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
  int exit_code = kAsExpected;          // set by the command that ran

  /// This program with the options that find the same corpus: the start of a command to repeat something.
  std::string program() const;

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

/// Prints `error: file:line: message` and the hint on standard error.
void print_error(const Error& error);

/// `~`-free absolute path as a short one, relative to the working folder where that is shorter.
std::string short_path(const std::string& path);

}  // namespace hybugs
