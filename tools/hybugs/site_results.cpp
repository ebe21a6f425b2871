#include "tools/hybugs/site_results.h"

#include <algorithm>
#include <filesystem>

#include "harness/core/vocabulary.h"
#include "harness/io/files.h"
#include "harness/io/results.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kDeepest = 4;  // results/<version>/<machine>/<run>/

Result<json> read_json(const fs::path& path) {
  const auto text = read_file(path.string());
  if (!text) return Unexpected(text.error());
  json parsed = json::parse(*text, nullptr, false);
  if (!parsed.is_object()) return Unexpected(Error{path.string(), 0, "is no JSON object", "it may be cut off"});
  return parsed;
}

Error in_file(Error error, const fs::path& path) {
  if (error.file.empty()) error.file = path.string();
  return error;
}

/// Fills `experiment` from a report, whose context and results are beside each other.
Result<void> read_report(const json& report, Experiment& experiment) {
  auto context = context_from_json(report.value("context", json()));
  if (!context) return Unexpected(context.error());
  experiment.context = std::move(*context);
  for (const json& item : report.value("results", json::array())) {
    auto result = case_result_from_json(item);
    if (!result) return Unexpected(result.error());
    experiment.results.push_back(std::move(*result));
  }
  return {};
}

Result<void> read_lines(const fs::path& folder, Experiment& experiment) {
  const auto parsed = read_json(folder / "context.json");
  if (!parsed) return Unexpected(parsed.error());
  auto context = context_from_json(*parsed);
  if (!context) return Unexpected(in_file(context.error(), folder / "context.json"));
  experiment.context = std::move(*context);
  auto results = read_results(folder.string());
  if (!results) return Unexpected(results.error());
  for (auto& [id, result] : *results) experiment.results.push_back(std::move(result));
  return {};
}

class Search {
 public:
  PublishedResults take() {
    const auto older = [](const auto& a, const auto& b) { return a.context.date < b.context.date; };
    std::stable_sort(found_.experiments.begin(), found_.experiments.end(), older);
    return std::move(found_);
  }

  void visit(const fs::path& folder, int depth) {
    std::error_code code;
    if (fs::exists(folder / kGradingMark, code)) return;
    if (folder.filename() == "certificates") return read_certificates(folder);
    read_folder(folder);
    if (depth == kDeepest) return;
    for (const std::string& name : list_folder(folder.string()).value_or(std::vector<std::string>())) {
      if (fs::is_directory(folder / name, code) && name != "records" && name.front() != '.')
        visit(folder / name, depth + 1);
    }
  }

 private:
  void read_certificates(const fs::path& folder) {
    for (const std::string& name : list_folder(folder.string()).value_or(std::vector<std::string>())) {
      if (fs::path(name).extension() != ".json") continue;
      auto certificate = read_json(folder / name);
      if (certificate) found_.certificates.push_back(std::move(*certificate));
      if (!certificate) found_.errors.push_back(certificate.error());
    }
  }

  void read_folder(const fs::path& folder) {
    std::error_code code;
    if (fs::exists(folder / "results.jsonl", code) && fs::exists(folder / "context.json", code)) {
      return keep(folder, read_lines(folder, experiment_));
    }
    if (!fs::exists(folder / "report.json", code)) return;
    const auto report = read_json(folder / "report.json");
    if (!report) return found_.errors.push_back(report.error());
    if (report->contains("models")) return read_evaluation(folder, *report);
    keep(folder / "report.json", read_report(*report, experiment_));
  }

  void read_evaluation(const fs::path& folder, const json& report) {
    auto evaluation = evaluation_from_json(report);
    if (!evaluation) return found_.errors.push_back(in_file(evaluation.error(), folder / "report.json"));
    found_.evaluations.push_back({folder.filename().string(), std::move(*evaluation)});
  }

  void keep(const fs::path& path, const Result<void>& read) {
    if (read && !experiment_.results.empty()) found_.experiments.push_back(std::move(experiment_));
    if (!read) found_.errors.push_back(in_file(read.error(), path));
    experiment_ = {};
  }

  PublishedResults found_;
  Experiment experiment_;  // that is being read
};

json sample_json(const TimingSample& sample) {
  return {{"program", sample.program},    {"phase", to_string(sample.phase)},
          {"pair", sample.pair},          {"process", sample.process},
          {"calls", sample.calls},        {"seconds", sample.seconds / std::max(1, sample.calls)},
          {"disturbed", sample.disturbed}};
}

json timing_json(const TimingResult& timing) {
  json object = to_json(timing);
  object.erase("google_benchmark");
  object["samples"] = json::array();
  for (const TimingSample& sample : timing.samples) object["samples"].push_back(sample_json(sample));
  return object;
}

json result_json(const Context& context, const CaseResult& result) {
  return {{"libtorch", context.libtorch},
          {"machine", context.machine},
          {"system", context.system},
          {"date", context.date},
          {"verdict", to_string(result.verdict)},
          {"expected", to_string(result.expected)},
          {"as_expected", result.as_expected()},
          {"harness_error", result.harness_error},
          {"evidence", result.evidence},
          {"seeds", result.seeds.size()},
          {"timing", nullptr}};
}

}  // namespace

PublishedResults read_published(const std::vector<std::string>& folders) {
  Search search;
  for (const std::string& folder : folders) search.visit(folder, 0);
  return search.take();
}

json results_of(const PublishedResults& published, const std::string& id) {
  std::map<std::string, json> by_version;
  for (const Experiment& experiment : published.experiments) {
    for (const CaseResult& result : experiment.results) {
      if (result.id != id) continue;
      json& newest = by_version[experiment.context.libtorch];
      json timing = newest.is_object() ? newest["timing"] : json();
      newest = result_json(experiment.context, result);
      if (result.timing) timing = timing_json(*result.timing);
      if (result.timing) timing["date"] = experiment.context.date;
      newest["timing"] = std::move(timing);
    }
  }
  json list = json::array();
  for (auto& [version, newest] : by_version) list.push_back(std::move(newest));
  return list;
}

json unknown_results(const PublishedResults& published, const std::vector<std::string>& known) {
  std::map<std::pair<std::string, std::string>, json> newest;
  for (const Experiment& experiment : published.experiments) {
    for (const CaseResult& result : experiment.results) {
      if (std::find(known.begin(), known.end(), result.id) != known.end()) continue;
      json& entry = newest[{result.id, experiment.context.libtorch}];
      entry = result_json(experiment.context, result);
      entry["id"] = result.id;
      entry["title"] = result.title;
    }
  }
  json list = json::array();
  for (auto& [key, entry] : newest) list.push_back(std::move(entry));
  return list;
}

}  // namespace hybugs
