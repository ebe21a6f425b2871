// Result files: one JSON object a line, appended and synced after each case, so that nothing finished is lost.
//
// A results folder holds context.json (the experiment's context), results.jsonl (one CaseResult a line, later lines of
// the same id replace earlier ones) and, at the end, report.json (both together), junit.xml.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>

#include "harness/core/case_result.h"
#include "harness/core/error.h"
#include "harness/io/files.h"
#include "harness/io/json_lines.h"

namespace hybugs {

nlohmann::json to_json(const CaseResult& result);
nlohmann::json to_json(const Context& context);
nlohmann::json to_json(const Experiment& experiment);
nlohmann::json to_json(const CaseSpec& spec);
nlohmann::json to_json(const TimingResult& timing);
nlohmann::json to_json(const Disagreement& disagreement);

/// The inverse; an object of another schema version or with missing keys is an Error.
Result<CaseResult> case_result_from_json(const nlohmann::json& json);
Result<Context> context_from_json(const nlohmann::json& json);
Result<CaseSpec> case_spec_from_json(const nlohmann::json& json);

/// Appends to FOLDER/results.jsonl with one write and one fsync for each result.
class ResultsWriter {
 public:
  /// Creates the folder and tries a write, so that an unwritable folder is said before the work starts.
  static Result<ResultsWriter> open(const std::string& folder, const Context& context);

  /// An Error when the disk is full or the file is gone.
  Result<void> append(const CaseResult& result);

  const std::string& folder() const { return folder_; }

 private:
  ResultsWriter(std::string folder, JsonLines lines) : folder_(std::move(folder)), lines_(std::move(lines)) {}

  std::string folder_;
  JsonLines lines_;
};

/// The finished results of a folder by id. A last line that was cut off by an interruption is skipped; any other
/// broken line is an Error with its line number. A folder without results is empty.
Result<std::map<std::string, CaseResult>> read_results(const std::string& folder);

}  // namespace hybugs
