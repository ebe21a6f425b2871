// Evaluations as files. README.md in results/ documents the report.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "harness/core/case_result.h"
#include "harness/core/error.h"
#include "harness/core/evaluation.h"

namespace hybugs {

/// Version of the report's schema.
inline constexpr int kEvaluationSchema = 1;

/// What an evaluation was made with.
struct EvaluationSettings {
  std::uint64_t seed = 0;            // that the fresh seeds were drawn from
  std::vector<std::uint64_t> seeds;  // all: the public ones first
  std::string sandbox;               // level in force for candidates
  std::string sandbox_reason;        // why it is no stronger one
  bool lint = true;
  std::string gate;  // `passed`, `failed: ...`, `skipped`
};

struct Evaluation {
  Context context;
  EvaluationSettings settings;
  std::vector<EvaluationResult> results;
  std::vector<std::string> input_errors;  // lines of the predictions that were none

  bool is_void() const { return settings.gate.rfind("failed", 0) == 0; }
};

/// How often a group of predictions was resolved.
struct Rate {
  int resolved = 0;
  int harness_errors = 0;
  int all = 0;

  /// Of all; and of those that the harness could judge.
  double of_all() const { return all == 0 ? 0 : static_cast<double>(resolved) / all; }
  double of_judged() const {
    return all == harness_errors ? 0 : static_cast<double>(resolved) / (all - harness_errors);
  }
};

/// One model's rates: all its predictions, and by mechanism and by category of the study.
struct ModelRates {
  std::string model;
  Rate all;
  std::vector<std::pair<std::string, Rate>> by_mechanism;
  std::vector<std::pair<std::string, Rate>> by_category;
};
std::vector<ModelRates> rates_of(const std::vector<EvaluationResult>& results);

nlohmann::json to_json(const EvaluationResult& result);
nlohmann::json to_json(const EvaluationSettings& settings);
nlohmann::json to_json(const Evaluation& evaluation);
Result<EvaluationResult> evaluation_result_from_json(const nlohmann::json& json);
Result<EvaluationSettings> evaluation_settings_from_json(const nlohmann::json& json);
Result<Evaluation> evaluation_from_json(const nlohmann::json& json);

/// The parts of the evidence that are no trial records, and back.
nlohmann::json to_json(const CandidateEvidence& evidence);
Result<CandidateEvidence> candidate_evidence_from_json(const nlohmann::json& json);

}  // namespace hybugs
