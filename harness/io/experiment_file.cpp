#include "harness/io/experiment_file.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/io/files.h"
#include "harness/io/results.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Unexpected failure(const std::string& path, const std::string& message, const std::string& hint) {
  return Unexpected(Error{path, 0, message, hint});
}

Unexpected within(const std::string& path, const Error& error) {
  return Unexpected(Error{path, error.line, error.message, error.hint});
}

void sort_by_id(std::vector<CaseResult>& results) {
  std::sort(results.begin(), results.end(), [](const CaseResult& a, const CaseResult& b) { return a.id < b.id; });
}

Result<KeptExperiment> read_report(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return Unexpected(text.error());
  const json report = json::parse(*text, nullptr, false);
  if (report.is_discarded()) {
    return failure(path, "is no JSON, or was cut off", "the results.jsonl of the same run keeps what was finished");
  }
  const bool whole = report.is_object() && report.contains("context") && report.contains("results");
  if (!whole) return failure(path, "holds no experiment", "give the report.json or the folder of `hybugs run`");
  KeptExperiment kept;
  auto context = context_from_json(report["context"]);
  if (!context) return within(path, context.error());
  kept.experiment.context = std::move(*context);
  for (const json& item : report["results"]) {
    auto result = case_result_from_json(item);
    if (!result) return within(path, result.error());
    kept.experiment.results.push_back(std::move(*result));
  }
  sort_by_id(kept.experiment.results);
  return kept;
}

Result<KeptExperiment> read_lines(const std::string& folder) {
  const std::string context_path = folder + "/context.json";
  const auto text = read_file(context_path);
  if (!text) return failure(context_path, "is missing: it says what the results hold for", "copy it along");
  auto context = context_from_json(json::parse(*text, nullptr, false));
  if (!context) return within(context_path, context.error());
  auto results = read_results(folder);
  if (!results) return Unexpected(results.error());
  KeptExperiment kept;
  kept.experiment.context = std::move(*context);
  for (auto& [id, result] : *results) kept.experiment.results.push_back(std::move(result));
  const auto lines = read_file(folder + "/results.jsonl");
  if (lines && !lines->empty() && lines->back() != '\n') kept.note = "the last line was cut off: its case is left out";
  return kept;
}

}  // namespace

Result<KeptExperiment> read_experiment(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    if (fs::exists(path + "/results.jsonl", ignored)) return read_lines(path);
    if (fs::exists(path + "/report.json", ignored)) return read_report(path + "/report.json");
    return failure(path, "holds neither results.jsonl nor report.json", "give the folder that `hybugs run` wrote");
  }
  if (fs::path(path).filename() == "results.jsonl") {
    const fs::path folder = fs::path(path).parent_path();
    return read_lines(folder.empty() ? "." : folder.string());
  }
  return read_report(path);
}

}  // namespace hybugs
