#include "tools/hybugs/site_data.h"

#include <fmt/format.h>

#include "harness/core/vocabulary.h"
#include "harness/exec/hashing.h"
#include "harness/io/files.h"
#include "harness/io/results.h"
#include "tools/hybugs/case_page.h"
#include "tools/hybugs/diff.h"
#include "tools/hybugs/study_counts.h"

namespace hybugs {
namespace {

using nlohmann::json;

template <typename Enum>
json words_json() {
  json list = json::array();
  for (const Word& word : words<Enum>()) list.push_back({{"name", word.name}, {"meaning", word.meaning}});
  return list;
}

json vocabulary_json() {
  json mechanism_list = json::array();
  for (const Mechanism& mechanism : mechanisms()) {
    mechanism_list.push_back({{"name", mechanism.id}, {"meaning", mechanism.meaning}});
  }
  return {{"mechanisms", std::move(mechanism_list)}, {"symptoms", words_json<Symptom>()},
          {"graphs", words_json<GraphKind>()},       {"verdicts", words_json<Verdict>()},
          {"phases", words_json<TimingPhase>()},     {"faithfulness", words_json<FaithfulnessLevel>()},
          {"outcomes", words_json<Outcome>()},       {"statuses", words_json<EvaluationStatus>()}};
}

/// Without the reasons why bugs aren't cases, which tell of repairs.
json study_json(const Ledger& ledger) {
  json study = {{"study", counts_json(ledger.study, study_dimensions())},
                {"reports", counts_json(ledger.reports, report_dimensions())}};
  for (json& part : study) part.erase("reasons");
  return study;
}

void erase(json& object, const std::vector<const char*>& keys) {
  for (const char* key : keys) object.erase(key);
}

/// As case.yaml has it, without the folder of this machine.
json spec_json(const CaseSpec& spec, Audience audience) {
  json object = to_json(spec);
  object.erase("folder");
  object["expected_failure"] = expected_failure_text(spec);
  if (audience == Audience::everybody) return object;
  erase(object, {"source", "story", "lesson", "faithfulness", "fix", "expect", "variants"});
  erase(object["study"], {"cause", "fix"});
  return object;
}

Result<json> sources_json(const CaseSpec& spec, Audience audience) {
  std::vector<std::string> files = {"program.h", "buggy.cpp"};
  if (audience == Audience::everybody) {
    files.clear();
    files.emplace_back("program.h");
    for (const std::string& variant : spec.variants) files.push_back(variant + ".cpp");
  }
  json sources = json::object();
  for (const std::string& file : files) {
    auto text = read_file(spec.folder + "/" + file);
    if (!text) return Unexpected(text.error());
    sources[file] = std::move(*text);
  }
  return sources;
}

/// From buggy to each other variant.
json diffs_json(const CaseSpec& spec) {
  json diffs = json::object();
  for (const std::string& variant : spec.variants) {
    if (variant != "buggy") diffs[variant] = file_diff(variant_path(spec, "buggy"), variant_path(spec, variant), false);
  }
  return diffs;
}

json observed_json(json observed, Audience audience) {
  if (audience == Audience::everybody || !observed.is_object()) return observed;
  observed["graphs"].erase("fixed");
  observed["endings"].erase("fixed");
  for (json& call : observed["calls"]) {
    call.erase("fixed");
    call["operators"].erase("fixed");
  }
  return observed;
}

/// `valid`: the case's files are the ones that were proven.
json certificates_json(const SiteInputs& inputs, const CaseSpec& spec, const std::string& hash) {
  json list = json::array();
  for (json certificate : inputs.published.certificates) {
    if (certificate.value("id", "") != spec.id) continue;
    certificate["valid"] = certificate.value("hash", "") == hash;
    erase(certificate, {"id", "hash", "blas", "compiler"});
    if (inputs.audience == Audience::students) certificate.erase("steps");
    list.push_back(std::move(certificate));
  }
  return list;
}

Result<json> case_json(const SiteInputs& inputs, const Paths& paths, const CaseSpec& spec) {
  auto sources = sources_json(spec, inputs.audience);
  if (!sources) return Unexpected(sources.error());
  json object = spec_json(spec, inputs.audience);
  object["sources"] = std::move(*sources);
  const auto observed = inputs.observed.find(spec.id);
  object["observed"] = observed == inputs.observed.end() ? json() : observed_json(observed->second, inputs.audience);
  object["certificates"] = certificates_json(inputs, spec, hash_of_case(spec, paths));
  object["results"] = results_of(inputs.published, spec.id);
  if (inputs.audience == Audience::everybody) object["diffs"] = diffs_json(spec);
  return object;
}

/// Without what is of this machine only.
json evaluation_json(const NamedEvaluation& named) {
  json object = to_json(named.evaluation);
  object["name"] = named.name;
  erase(object["context"], {"command", "commit", "flags", "affinity", "blas"});
  for (json& result : object["results"]) erase(result, {"key", "log", "line"});
  object.erase("input_errors");
  return object;
}

}  // namespace

Result<json> site_json(const SiteInputs& inputs, const Paths& paths) {
  const bool student = inputs.audience == Audience::students;
  json site = {{"schema", kSiteSchema},
               {"student", student},
               {"date", inputs.date},
               {"commit", inputs.commit},
               {"words", vocabulary_json()},
               {"study", study_json(inputs.ledger)},
               {"unknown_results", unknown_results(inputs.published, inputs.corpus.ids())},
               {"evaluations", json::array()},
               {"cases", json::array()}};
  for (const CaseSpec* spec : inputs.cases) {
    auto object = case_json(inputs, paths, *spec);
    if (!object) return Unexpected(object.error());
    site["cases"].push_back(std::move(*object));
  }
  if (student) return site;
  for (const NamedEvaluation& named : inputs.published.evaluations) {
    site["evaluations"].push_back(evaluation_json(named));
  }
  return site;
}

}  // namespace hybugs
