// hybugs merge: the results of shards become those of the whole.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_set>

#include "harness/core/vocabulary.h"
#include "harness/io/evaluation_results.h"
#include "harness/io/files.h"
#include "harness/io/json_lines.h"
#include "harness/io/results.h"
#include "harness/report/console.h"
#include "harness/report/evaluation_report.h"
#include "harness/report/matrix_report.h"
#include "harness/report/terminal.h"
#include "tools/hybugs/evaluation.h"
#include "tools/hybugs/experiment.h"
#include "tools/hybugs/matrix_results.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/shard_parts.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct MergeOptions {
  std::vector<std::string> folders;
  std::string output;
  bool missing = false;
};

/// What was done in parts: a run, an evaluation, or one column of a matrix.
struct Whole {
  std::string environment;  // of the matrix; else empty
  Parts parts;
};

int say_what_is_missing(const Whole& whole) {
  const std::string where = whole.environment.empty() ? "" : whole.environment + ": ";
  for (const std::string& missing : whole.parts.missing)
    print_error({"", 0, where + "missing: " + missing, "run these shards again with --resume, then merge once more"});
  return whole.parts.missing.empty() ? kAsExpected : kUnexpected;
}

Result<Context> read_context(const std::string& folder) {
  for (const char* name : {"context.json", "report.json"}) {
    const auto text = read_file(folder + "/" + name);
    if (!text) continue;
    const json object = json::parse(*text, nullptr, false);
    if (object.is_object()) return context_from_json(object.value("context", object));
  }
  return Unexpected(Error{folder, 0, "has neither context.json nor report.json", "run the shard again with --resume"});
}

// Ratios are formed within one machine, so unlike ones may be merged; who reads the times should know.
void say_unlike_machines(const Parts& parts) {
  std::map<std::string, std::vector<std::string>> folders;
  for (const ShardFolder& folder : parts.folders) {
    const auto context = read_context(folder.path);
    if (context) folders[fmt::format("{}, {} cores", context->machine, context->cores)].push_back(folder.path);
  }
  if (folders.size() < 2) return;
  std::string text = "shards ran on unlike machines; ratios were formed on each alone:\n";
  for (const auto& [machine, names] : folders) text += fmt::format("  {}: {}\n", machine, fmt::join(names, ", "));
  std::fputs(text.c_str(), stderr);
}

Result<Context> merged_context(const Session& session, const Parts& parts) {
  auto context = read_context(parts.folders.front().path);
  if (context) context->command = session.command_line;
  return context;
}

// A shard that ran twice has the same results twice; where they differ, the later folder's counts.
void say_twice(const std::string& item, const std::string& one, const std::string& other) {
  if (one == other) return;
  print_error({"", 0, fmt::format("{} was judged twice: {}, then {}", item, one, other), "the latter counts"});
}

Result<std::map<std::string, CaseResult>> read_experiments(const Parts& parts) {
  std::map<std::string, CaseResult> results;
  for (const ShardFolder& folder : parts.folders) {
    auto read = read_results(folder.path);
    if (!read) return read;
    for (auto& [id, result] : *read) {
      if (results.count(id) != 0) say_twice(id, to_string(results[id].verdict), to_string(result.verdict));
      results[id] = std::move(result);
    }
  }
  return results;
}

Result<void> write_experiment(const Experiment& experiment, const std::string& output) {
  auto writer = ResultsWriter::open(output, experiment.context);
  if (!writer) return Unexpected(writer.error());
  for (const CaseResult& result : experiment.results) {
    if (auto written = writer->append(result); !written) return written;
  }
  return write_reports(experiment, output);
}

// Nothing is written if only what is missing is asked for.
Result<Experiment> join_experiment(const Session& session, Parts& parts, const std::string& output) {
  auto results = read_experiments(parts);
  if (!results) return Unexpected(results.error());
  Experiment experiment;
  std::unordered_set<std::string> finished;
  for (auto& [id, result] : *results) {
    finished.insert(id);
    experiment.results.push_back(std::move(result));
  }
  find_missing_items(parts, finished);
  if (output.empty()) return experiment;
  auto context = merged_context(session, parts);
  if (!context) return Unexpected(context.error());
  experiment.context = std::move(*context);
  if (const auto written = write_experiment(experiment, output); !written) return Unexpected(written.error());
  say_unlike_machines(parts);
  return experiment;
}

Result<int> merge_experiment(const Session& session, Parts& parts, const MergeOptions& options) {
  const auto experiment = join_experiment(session, parts, options.output);
  if (!experiment) return Unexpected(experiment.error());
  if (options.missing) return 0;
  print(summary_table(*experiment, output_width(STDOUT_FILENO), session.colour));
  return exit_code_of(*experiment, false);
}

MatrixColumn join_column(const std::string& environment, Experiment experiment) {
  MatrixColumn column;
  column.environment = environment;
  column.experiment = std::move(experiment);
  return column;
}

Result<int> merge_matrix(const Session& session, std::vector<Whole>& wholes, const MergeOptions& options) {
  Matrix matrix;
  std::set<std::string> ids;
  for (Whole& whole : wholes) {
    const std::string output = options.missing ? "" : options.output + "/" + whole.environment;
    auto experiment = join_experiment(session, whole.parts, output);
    if (!experiment) return Unexpected(experiment.error());
    for (const CaseResult& result : experiment->results) ids.insert(result.id);
    matrix.columns.push_back(join_column(whole.environment, std::move(*experiment)));
  }
  if (options.missing) return 0;
  matrix.cases.assign(ids.begin(), ids.end());
  if (const auto written = write_matrix(matrix, options.output); !written) return Unexpected(written.error());
  print(matrix_table(matrix, output_width(STDOUT_FILENO), session.colour));
  return exit_code_of(matrix, false);
}

// Hard links where the file system has them: raw records are large.
void link_records(const std::string& from, const std::string& to) {
  std::error_code code;
  fs::create_directories(to, code);
  for (const auto& entry : fs::directory_iterator(from, code)) {
    const fs::path target = fs::path(to) / entry.path().filename();
    fs::remove(target, code);
    fs::create_hard_link(entry.path(), target, code);
    if (code) fs::copy_file(entry.path(), target, fs::copy_options::overwrite_existing, code);
  }
}

Result<std::map<int, EvaluationResult>> read_evaluations(const Parts& parts) {
  std::map<int, EvaluationResult> results;  // by line of the predictions
  for (const ShardFolder& folder : parts.folders) {
    const auto read = read_json_lines(folder.path + "/results.jsonl", [&](const json& line) -> Result<void> {
      auto result = evaluation_result_from_json(line);
      if (!result) return Unexpected(result.error());
      const auto found = results.find(result->line);
      if (found != results.end()) {
        say_twice(item_of(*result), to_string(found->second.verdict.status), to_string(result->verdict.status));
      }
      results[result->line] = std::move(*result);
      return {};
    });
    if (!read) return Unexpected(read.error());
  }
  return results;
}

// The gate of the whole has passed if that of each part has.
std::string gate_of(const Parts& parts, std::vector<std::string>& input_errors) {
  std::string gate = "passed";
  for (const ShardFolder& folder : parts.folders) {
    const auto text = read_file(folder.path + "/report.json");
    const auto part = text ? evaluation_from_json(json::parse(*text, nullptr, false)) : Unexpected(text.error());
    if (!part) return "skipped";
    if (part->is_void()) return fmt::format("{} ({})", part->settings.gate, folder.path);
    if (part->settings.gate != "passed") gate = part->settings.gate;
    input_errors = part->input_errors;  // each part has read all lines
  }
  return gate;
}

Result<void> write_lines(const Evaluation& evaluation, const std::string& output) {
  std::string text;
  for (const EvaluationResult& result : evaluation.results)
    text += to_json(result).dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  return write_file(output + "/results.jsonl", text);
}

Result<void> write_merged(const Evaluation& evaluation, const std::string& output) {
  auto written = make_folder(output);
  if (written) written = write_file(output + "/evaluation.json", to_json(evaluation.settings).dump(2) + "\n");
  if (written) written = write_lines(evaluation, output);
  if (written) written = write_evaluation(evaluation, output);
  return written;
}

Result<int> merge_evaluation(const Session& session, Parts& parts, const MergeOptions& options) {
  auto results = read_evaluations(parts);
  if (!results) return Unexpected(results.error());
  Evaluation evaluation;
  std::unordered_set<std::string> finished;
  for (auto& entry : *results) {
    finished.insert(item_of(entry.second));
    evaluation.results.push_back(std::move(entry.second));
  }
  find_missing_items(parts, finished);
  if (options.missing) return 0;
  auto settings = evaluation_settings_from_json(parts.first().settings);
  if (!settings) return Unexpected(settings.error());
  evaluation.settings = std::move(*settings);
  evaluation.settings.gate = gate_of(parts, evaluation.input_errors);
  auto context = merged_context(session, parts);
  if (!context) return Unexpected(context.error());
  evaluation.context = std::move(*context);
  if (const auto written = write_merged(evaluation, options.output); !written) return Unexpected(written.error());
  for (const ShardFolder& folder : parts.folders) link_records(folder.path + "/records", options.output + "/records");
  print(evaluation_table(evaluation, output_width(STDOUT_FILENO), session.colour));
  return evaluation.is_void() ? kUnexpected : kAsExpected;
}

bool is_usable_output(const MergeOptions& options) {
  if (options.output.empty() != options.missing) {
    print_error({"", 0, "nothing to do, or too much", "give either --output or --missing"});
    return false;
  }
  for (const std::string& folder : options.folders) {
    std::error_code ignored;
    if (options.missing || !fs::equivalent(folder, options.output, ignored)) continue;
    print_error({folder, 0, "is a part and the output as well", "give another --output"});
    return false;
  }
  return true;
}

// A shard of a matrix has a shard of a run for each environment.
Result<std::vector<Whole>> read_wholes(const MergeOptions& options) {
  auto environments = environments_of_matrix(options.folders.front());
  if (environments.empty()) environments.emplace_back();
  std::vector<Whole> wholes;
  for (const std::string& environment : environments) {
    std::vector<std::string> folders = options.folders;
    for (std::string& folder : folders) folder += environment.empty() ? "" : "/" + environment;
    auto parts = read_parts(folders);
    if (!parts) return Unexpected(parts.error());
    wholes.push_back({environment, std::move(*parts)});
  }
  return wholes;
}

Result<int> merge_wholes(const Session& session, std::vector<Whole>& wholes, const MergeOptions& options) {
  Whole& first = wholes.front();
  if (!first.environment.empty()) return merge_matrix(session, wholes, options);
  return first.parts.first().kind == "evaluate" ? merge_evaluation(session, first.parts, options)
                                                : merge_experiment(session, first.parts, options);
}

int merge(const Session& session, const MergeOptions& options) {
  if (!is_usable_output(options)) return kUsage;
  auto wholes = read_wholes(options);
  if (!wholes) {
    print_error(wholes.error());
    return kUsage;
  }
  const auto code = merge_wholes(session, *wholes, options);
  if (!code) {
    print_error(code.error());
    return kHarnessFailure;
  }
  if (options.missing) {
    std::set<int> incomplete;
    for (const Whole& whole : *wholes) incomplete.insert(whole.parts.incomplete.begin(), whole.parts.incomplete.end());
    print(fmt::format("{}\n", fmt::join(incomplete, ",")));
    return kAsExpected;
  }
  std::fputs(fmt::format("Results: {}\n", short_path(options.output)).c_str(), stderr);
  int worst = *code;
  for (const Whole& whole : *wholes) worst = std::max(worst, say_what_is_missing(whole));
  return worst;
}

}  // namespace

void add_merge(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("merge", "Join the results of shards into those of the whole");
  const auto options = std::make_shared<MergeOptions>();
  command->add_option("folders", options->folders, "results folders of the shards")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--output,-o", options->output, "results folder of the whole");
  command->add_flag("--missing", options->missing,
                    "print the numbers of the shards that aren't complete, separated by commas, and merge nothing");
  command->footer(
      "Examples:\n"
      "  hybugs merge results/local/part-* --output results/local/whole\n"
      "The report is that of a run without shards, but for its context; of a matrix, each environment's too. Shards, "
      "cases or predictions that are missing\n"
      "are named and give exit code 1; folders that are no parts of one whole are refused.");
  command->callback([&session, options] { session.exit_code = merge(session, *options); });
}

}  // namespace hybugs
