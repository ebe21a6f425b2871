// What result folders know of the cases: verdicts and times, certificates, evaluations.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/core/case_result.h"
#include "harness/core/error.h"
#include "harness/io/evaluation_results.h"

namespace hybugs {

struct NamedEvaluation {
  std::string name;  // of its folder
  Evaluation evaluation;
};

struct PublishedResults {
  std::vector<Experiment> experiments;       // oldest first
  std::vector<nlohmann::json> certificates;  // as `hybugs check --proof full` writes them
  std::vector<NamedEvaluation> evaluations;
  Errors errors;  // files that can't be used: damaged, or of another schema
};

/// Searches folders for results of `run` and `time` (results.jsonl with context.json, or report.json), for certificates
/// and for reports of `evaluate`. Gradings of students are passed over: they are nobody else's business.
PublishedResults read_published(const std::vector<std::string>& folders);

/// The results of one case: for each LibTorch version the newest verdict, and the newest one with times.
nlohmann::json results_of(const PublishedResults& published, const std::string& id);

/// Results of cases that `known` doesn't have: of another version of the corpus.
nlohmann::json unknown_results(const PublishedResults& published, const std::vector<std::string>& known);

/// The file that marks the folder of a grading.
inline constexpr const char* kGradingMark = "grading.json";

}  // namespace hybugs
