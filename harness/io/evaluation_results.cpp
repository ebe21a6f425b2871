#include "harness/io/evaluation_results.h"

#include <map>

#include "harness/io/result_fields.h"
#include "harness/io/results.h"

namespace hybugs {

using nlohmann::json;

template <>
struct Fields<EvaluationVerdict> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& verdict) {
    archive("status", verdict.status);
    archive("evidence", verdict.evidence);
    archive("disagreement", verdict.disagreement);
  }
};

template <>
struct Fields<EvaluationResult> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& result) {
    archive("instance_id", result.id);
    archive("model_name_or_path", result.model);
    archive("line", result.line);
    archive("verdict", result.verdict);
    archive("seconds", result.seconds);
    archive("key", result.key);
    archive("log", result.log);
    archive("mechanism", result.mechanism);
    archive("category", result.category);
  }
};

template <>
struct Fields<EvaluationSettings> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& settings) {
    archive("seed", settings.seed);
    archive("seeds", settings.seeds);
    archive("sandbox", settings.sandbox);
    archive("sandbox_reason", settings.sandbox_reason);
    archive("lint", settings.lint);
    archive("gate", settings.gate);
  }
};

/// Without the trials, which are kept as records.
template <>
struct Fields<GraphTrials> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& trials) {
    archive("fixed_cpu", trials.fixed_cpu);
    archive("buggy_cpu", trials.buggy_cpu);
    archive("eager_cpu", trials.eager_cpu);
    archive("program_cpu", trials.program_cpu);
  }
};

template <>
struct Fields<DrivenCall> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& call) {
    archive("cpu_seconds", call.cpu_seconds);
    archive("resident_bytes", call.resident_bytes);
  }
};

template <>
struct Fields<DrivenCalls> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& driven) {
    archive("calls", driven.calls);
    archive("all", driven.all);
  }
};

template <>
struct Fields<GrowthEvidence> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& growth) {
    archive("fixed", growth.fixed);
    archive("candidate", growth.candidate);
  }
};

template <>
struct Fields<CandidateEvidence> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& evidence) {
    archive("refusal", evidence.refusal);
    archive("graph", evidence.graph);
    archive("growth", evidence.growth);
    archive("timing", evidence.timing);
  }
};

namespace {

void count(Rate& rate, const EvaluationResult& result) {
  ++rate.all;
  rate.resolved += result.verdict.status == EvaluationStatus::resolved ? 1 : 0;
  rate.harness_errors += result.verdict.status == EvaluationStatus::harness_error ? 1 : 0;
}

json to_json(const Rate& rate) {
  return {{"resolved", rate.resolved},
          {"harness_errors", rate.harness_errors},
          {"all", rate.all},
          {"rate", rate.of_all()},
          {"rate_without_harness_errors", rate.of_judged()}};
}

json to_json(const std::vector<std::pair<std::string, Rate>>& rates) {
  json object = json::object();
  for (const auto& [name, rate] : rates) object[name] = to_json(rate);
  return object;
}

}  // namespace

std::vector<ModelRates> rates_of(const std::vector<EvaluationResult>& results) {
  struct Counts {
    Rate all;
    std::map<std::string, Rate> by_mechanism;
    std::map<std::string, Rate> by_category;
  };
  std::map<std::string, Counts> models;
  for (const EvaluationResult& result : results) {
    Counts& counts = models[result.model];
    count(counts.all, result);
    count(counts.by_mechanism[result.mechanism], result);
    count(counts.by_category[result.category.empty() ? "None" : result.category], result);
  }
  std::vector<ModelRates> rates;
  for (const auto& [model, counts] : models) {
    rates.push_back({model,
                     counts.all,
                     {counts.by_mechanism.begin(), counts.by_mechanism.end()},
                     {counts.by_category.begin(), counts.by_category.end()}});
  }
  return rates;
}

json to_json(const EvaluationResult& result) {
  return write_fields(result);
}

json to_json(const EvaluationSettings& settings) {
  return write_fields(settings);
}

json to_json(const Evaluation& evaluation) {
  json report = {{"schema", kEvaluationSchema},
                 {"void", evaluation.is_void()},
                 {"context", to_json(evaluation.context)},
                 {"settings", to_json(evaluation.settings)},
                 {"input_errors", evaluation.input_errors},
                 {"results", json::array()},
                 {"models", json::object()}};
  for (const EvaluationResult& result : evaluation.results) report["results"].push_back(to_json(result));
  for (const ModelRates& model : rates_of(evaluation.results)) {
    report["models"][model.model] = to_json(model.all);
    report["models"][model.model]["by_mechanism"] = to_json(model.by_mechanism);
    report["models"][model.model]["by_category"] = to_json(model.by_category);
  }
  return report;
}

Result<EvaluationResult> evaluation_result_from_json(const json& object) {
  return read_fields<EvaluationResult>(object, "result of an evaluation");
}

Result<EvaluationSettings> evaluation_settings_from_json(const json& object) {
  return read_fields<EvaluationSettings>(object, "settings of an evaluation");
}

Result<Evaluation> evaluation_from_json(const json& report) {
  if (!report.is_object() || report.value("schema", 0) != kEvaluationSchema) {
    return Unexpected(Error{"", 0, "is no report of an evaluation of schema " + std::to_string(kEvaluationSchema),
                            "use the version that wrote it, or evaluate again into another folder"});
  }
  Evaluation evaluation;
  auto context = context_from_json(report.value("context", json()));
  if (!context) return Unexpected(context.error());
  evaluation.context = std::move(*context);
  auto settings = evaluation_settings_from_json(report.value("settings", json()));
  if (!settings) return Unexpected(settings.error());
  evaluation.settings = std::move(*settings);
  for (const auto& error : report.value("input_errors", json::array())) evaluation.input_errors.push_back(error.dump());
  for (const auto& item : report.value("results", json::array())) {
    auto result = evaluation_result_from_json(item);
    if (!result) return Unexpected(result.error());
    evaluation.results.push_back(std::move(*result));
  }
  return evaluation;
}

json to_json(const CandidateEvidence& evidence) {
  return write_fields(evidence);
}

Result<CandidateEvidence> candidate_evidence_from_json(const json& object) {
  return read_fields<CandidateEvidence>(object, "evidence of a candidate");
}

}  // namespace hybugs
