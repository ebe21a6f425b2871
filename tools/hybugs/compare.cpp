// hybugs compare: what changed between two experiments.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "harness/io/experiment_file.h"
#include "harness/report/comparison_report.h"
#include "harness/report/terminal.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

struct CompareCommand {
  std::string before;
  std::string after;
  std::string reporter = "console";
  bool json = false;
  bool strict = false;
};

std::optional<Experiment> read(const std::string& path) {
  auto kept = read_experiment(path);
  if (!kept) {
    print_error(kept.error());
    return std::nullopt;
  }
  if (!kept->note.empty()) print_error({path, 0, kept->note, ""});
  return std::move(kept->experiment);
}

std::string report(const Session& session, const CompareCommand& options, const ExperimentComparison& comparison) {
  if (options.reporter == "markdown") return comparison_markdown(comparison);
  if (options.reporter == "junit") return comparison_junit(comparison);
  return comparison_text(comparison, output_width(STDOUT_FILENO), session.colour);
}

int compare(const Session& session, const CompareCommand& options) {
  const auto before = read(options.before);
  const auto after = read(options.after);
  if (!before || !after) return kUsage;
  const ExperimentComparison comparison = compare_experiments(*before, *after);
  if (options.json || options.reporter == "json") {
    print_json(comparison_json(comparison));
  } else {
    print(report(session, options, comparison));
  }
  if (comparison.compared == 0) {
    print_error(
        {options.after, 0, "has no case in common with " + options.before, "compare results of the same corpus"});
    return kUsage;
  }
  const bool changed = options.strict ? !comparison.changes.empty() : comparison.has_unexpected();
  return changed ? kUnexpected : kAsExpected;
}

}  // namespace

void add_compare(CLI::App& app, Session& session) {
  auto* command =
      app.add_subcommand("compare", "What changed between two results: LibTorch versions, commits, machines");
  const auto options = std::make_shared<CompareCommand>();
  const char* help = "results folder, results.jsonl or report.json";
  command->add_option("old", options->before, help)->required()->check(CLI::ExistingPath);
  command->add_option("new", options->after, help)->required()->check(CLI::ExistingPath);
  command->add_option("--reporter", options->reporter, "what to print")
      ->check(CLI::IsMember({"console", "json", "junit", "markdown"}))
      ->capture_default_str();
  command->add_flag("--json", options->json, "the same as --reporter json");
  command->add_flag("--strict", options->strict, "any change counts, expected or not");
  command->footer(
      "A change is unexpected when the newer verdict isn't what the case expects of that LibTorch. Times are compared\n"
      "where both results are of the same processor and CPUs: they moved when the intervals don't touch.\n"
      "Exit code 1: an unexpected change (with --strict: any).\n"
      "Examples:\n"
      "  hybugs compare results/libtorch-1.13.1 results/libtorch-2.6.0\n"
      "  hybugs compare last-week/report.json today/report.json --reporter junit");
  command->callback([&session, options] { session.exit_code = compare(session, *options); });
}

}  // namespace hybugs
