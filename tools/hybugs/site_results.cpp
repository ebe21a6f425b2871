#include "tools/hybugs/site_results.h"

#include <algorithm>
#include <filesystem>

#include "harness/core/vocabulary.h"
#include "harness/io/experiment_file.h"
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
    const bool has_lines = fs::exists(folder / "results.jsonl", code) && fs::exists(folder / "context.json", code);
    if (!has_lines && !fs::exists(folder / "report.json", code)) return;
    if (!has_lines) {
      const auto report = read_json(folder / "report.json");
      if (!report) return found_.errors.push_back(report.error());
      if (report->contains("models")) return read_evaluation(folder, *report);
    }
    auto kept = read_experiment(folder.string());
    if (!kept) return found_.errors.push_back(kept.error());
    found_.experiments.push_back(std::move(kept->experiment));
  }

  void read_evaluation(const fs::path& folder, const json& report) {
    auto evaluation = evaluation_from_json(report);
    if (!evaluation) {
      const Error& error = evaluation.error();
      return found_.errors.push_back({(folder / "report.json").string(), error.line, error.message, error.hint});
    }
    found_.evaluations.push_back({folder.filename().string(), std::move(*evaluation)});
  }

  PublishedResults found_;
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
