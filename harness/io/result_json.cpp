// Results, their context and their times as JSON.
#include "harness/io/result_fields.h"
#include "harness/io/results.h"

namespace hybugs {
namespace {

/// The object's schema is ours, or an Error that says whose it is.
Result<void> check_schema(const nlohmann::json& json) {
  const nlohmann::json schema = json.is_object() ? json.value("schema", nlohmann::json()) : nlohmann::json();
  if (schema == kResultSchema) return {};
  const std::string found = schema.is_null() ? "no schema" : "schema " + schema.dump();
  return Unexpected(Error{"", 0, "results of " + found + ", this version reads schema " + std::to_string(kResultSchema),
                          "use the version that wrote them, or run again into another folder"});
}

template <typename T>
nlohmann::json write_versioned(const T& value) {
  nlohmann::json json = write_fields(value);
  json["schema"] = kResultSchema;
  return json;
}

template <typename T>
Result<T> read_versioned(const nlohmann::json& json, const std::string& what) {
  return check_schema(json).and_then([&] { return read_fields<T>(json, what); });
}

}  // namespace

nlohmann::json to_json(const CaseResult& result) {
  return write_versioned(result);
}

nlohmann::json to_json(const Context& context) {
  return write_versioned(context);
}

nlohmann::json to_json(const TimingResult& timing) {
  return write_fields(timing);
}

nlohmann::json to_json(const Disagreement& disagreement) {
  return write_fields(disagreement);
}

nlohmann::json to_json(const Experiment& experiment) {
  nlohmann::json results = nlohmann::json::array();
  for (const CaseResult& result : experiment.results) results.push_back(to_json(result));
  return {{"schema", kResultSchema}, {"context", to_json(experiment.context)}, {"results", results}};
}

Result<CaseResult> case_result_from_json(const nlohmann::json& json) {
  return read_versioned<CaseResult>(json, "result of a case");
}

Result<Context> context_from_json(const nlohmann::json& json) {
  return read_versioned<Context>(json, "context");
}

}  // namespace hybugs
