#include "harness/io/case_yaml.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>

#include "harness/core/vocabulary.h"
#include "harness/io/case_files.h"
#include "harness/io/files.h"
#include "harness/io/symptom_yaml.h"
#include "harness/io/yaml_map.h"
#include "harness/io/yaml_parts.h"

namespace hybugs {
namespace {

/// The lowest version above `version`: versions have four numbers.
std::string just_above(std::string version) {
  const auto dots = std::count(version.begin(), version.end(), '.');
  for (auto part = dots; part < 2; ++part) version += ".0";
  if (dots < 3) return version + ".1";
  const std::size_t last = version.rfind('.') + 1;
  return version.substr(0, last) + std::to_string(std::stoi(version.substr(last)) + 1);
}

/// A range such as ">=2.6,<2.0" that no version lies in. A non-empty one contains 0, one of its bounds, or the version
/// just above one.
bool is_impossible(const std::string& range) {
  std::vector<std::string> candidates = {"0"};
  static const RE2 bound(R"((\d+(?:\.\d+)*))");
  re2::StringPiece rest(range);
  for (std::string version; RE2::FindAndConsume(&rest, bound, &version);) {
    candidates.push_back(version);
    candidates.push_back(just_above(version));
  }
  return std::none_of(candidates.begin(), candidates.end(),
                      [&](const std::string& version) { return version_in_range(version, range); });
}

/// Reads `key`, which is `yes` or `no` (a word for false; may be empty: then only `yes` is allowed).
void read_choice(YamlMap& map, const std::string& key, const std::string& no, const std::string& yes, bool& target) {
  std::string word;
  if (!map.read(key, word)) return;
  if (word == yes || (word == no && !no.empty())) {
    target = word == yes;
  } else {
    map.unknown_word(key, word, no.empty() ? std::vector<std::string>{yes} : std::vector<std::string>{no, yes});
  }
}

/// One case.yaml, part by part.
class CaseReader {
 public:
  explicit CaseReader(CaseSpec& spec) : spec_(spec) {}

  void read_all(YamlMap& map) {
    read_origin(map);
    read_symptom(map, spec_);
    read_limits(map);
    read_texts(map);
    map.read_list("expect", [this](YamlMap& item) { read_expectation(item); });
  }

 private:
  void read_origin(YamlMap& map) {
    map.require_map("source", [this](YamlMap& source) { read_source(source); });
    read_study(map, spec_.study, Need::required);
    map.read("domain", spec_.domain);
    read_mechanism(map, spec_.mechanism, Need::required);
    map.require("graph", spec_.graph);
    map.read_map("fix", [this](YamlMap& fix) {
      read_choice(fix, "graph", "kept", "dropped", spec_.fix.graph_dropped);
      read_choice(fix, "ops", "", "free", spec_.fix.free_operators);
    });
  }

  void read_source(YamlMap& map) {
    Source& source = spec_.source;
    require_project(map, source.project);
    static const RE2 date(R"(\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)");
    read_matching(map, "date", source.date, date, "YYYY-MM-DD or YYYY-MM", Need::required);
    if (!map.require("kind", source.kind)) return allow(map, {"commit", "number", "url"});
    if (source.kind == Source::Kind::commit) {
      read_commit(map);
    } else {
      read_report(map);
    }
  }

  void read_commit(YamlMap& map) {
    refuse(map, "number", "a commit has none", "kind: report has a number");
    const bool complete = require_sha(map, spec_.source.commit);
    const bool given = read_url(map, spec_.source.url, Need::optional);
    if (complete && !given) spec_.source.url = commit_url(spec_.source.project, spec_.source.commit);
  }

  void read_report(YamlMap& map) {
    refuse(map, "commit", "a report has none", "kind: commit has a commit");
    read_number(map, "number", spec_.source.number, at_least(1), Need::required);
    read_url(map, spec_.source.url, Need::required);
  }

  void read_limits(YamlMap& map) {
    read_number(map, "timeout_s", spec_.timeout_s, above(0), Need::optional);
    read_number(map, "memory_mb", spec_.memory_mb, above(0), Need::optional);
    map.read_map("tolerance", [this](YamlMap& tolerance) {
      spec_.tolerance.emplace();
      read_number(tolerance, "rtol", spec_.tolerance->rtol, at_least(0), Need::required);
      read_number(tolerance, "atol", spec_.tolerance->atol, at_least(0), Need::required);
    });
    map.read_map("compare", [this](YamlMap& compare) {
      compare.read("requires_grad", spec_.compare.requires_grad);
      compare.read("inputs", spec_.compare.inputs);
      read_pattern(compare, "message", spec_.compare.message, Need::optional);
    });
    map.read_map("threads", [this](YamlMap& threads) {
      read_number(threads, "intra", spec_.threads.intra, at_least(1), Need::optional);
      int inter = 0;
      if (read_number(threads, "inter", inter, at_least(1), Need::optional)) spec_.threads.inter = inter;
    });
  }

  void read_texts(YamlMap& map) {
    map.require("title", spec_.title);
    map.require("task", spec_.task);
    map.require("story", spec_.story);
    map.require("lesson", spec_.lesson);
    map.read("hints", spec_.hints);
    read_difficulty(map);
    map.read("prerequisites", spec_.prerequisites);
    map.require_map("faithfulness", [this](YamlMap& faithfulness) {
      faithfulness.require("level", spec_.faithfulness.level);
      faithfulness.require("note", spec_.faithfulness.note);
    });
    if (spec_.title.find('\n') == std::string::npos) return;
    map.error("title", "title must be one line", "use >- or no line break");
  }

  void read_difficulty(YamlMap& map) {
    int difficulty = 0;
    if (!map.read("difficulty", difficulty)) return;
    if (difficulty >= kEasiest && difficulty <= kHardest) {
      spec_.difficulty = difficulty;
    } else {
      map.error("difficulty", fmt::format("difficulty must be {} to {}, not {}", kEasiest, kHardest, difficulty));
    }
  }

  void read_expectation(YamlMap& map) {
    Expectation& expectation = spec_.expect.emplace_back();
    map.require("verdict", expectation.verdict);
    map.require("because", expectation.because);
    std::string range;
    if (!map.require("libtorch", range)) return;
    expectation.libtorch = range;
    if (!is_version_range(range)) {
      map.error("libtorch", fmt::format("{} is no range of versions: '{}'", map.path("libtorch"), range),
                R"(write "<2.0", ">=2.6,<2.14" or "==2.14.1")");
    } else if (is_impossible(range)) {
      map.error("libtorch", fmt::format("{}: no version lies in '{}'", map.path("libtorch"), range), "check its ends");
    }
  }

  void refuse(YamlMap& map, const std::string& key, const std::string& why, const std::string& hint) {
    allow(map, {key});
    if (map.has(key)) map.error(key, fmt::format("{} makes no sense: {}", map.path(key), why), hint);
  }

  /// Makes keys known whose values don't matter here.
  void allow(YamlMap& map, std::initializer_list<std::string> keys) {
    for (const std::string& key : keys) map.expect(key);
  }

  CaseSpec& spec_;
};

}  // namespace

Errors read_case(const std::string& folder, const std::string& display_folder, CaseSpec& spec) {
  Errors errors;
  spec = {};
  spec.folder = absolute_folder(folder);
  spec.id = std::filesystem::path(spec.folder).filename();
  spec.variants = list_variants(folder, display_folder, errors);
  const std::string display_file = display_folder + "/case.yaml";
  const Result<std::string> text = read_file(folder + "/case.yaml");
  if (!text) {
    errors.push_back(
        {display_file, 0, text.error().message, "a case needs one: README.md beside the cases lists its keys"});
    return errors;
  }
  read_yaml(*text, display_file, errors, [&](YamlMap& map) { CaseReader(spec).read_all(map); });
  return errors;
}

}  // namespace hybugs
