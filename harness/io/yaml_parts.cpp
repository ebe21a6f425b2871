#include "harness/io/yaml_parts.h"

#include <fmt/format.h>
#include <algorithm>

namespace hybugs {
namespace {

bool fail(YamlMap& map, const std::string& key, const std::string& rule, const std::string& got) {
  map.error(key, fmt::format("{} must be {}, not {}", map.path(key), rule, got));
  return false;
}

void read_label(YamlMap& study, const std::string& key, std::string& target, const std::vector<std::string>& known) {
  std::string label;
  if (!study.read(key, label)) return;
  if (std::find(known.begin(), known.end(), label) == known.end()) {
    study.unknown_word(key, label, known);
  } else {
    target = label;
  }
}

std::vector<std::string> mechanism_ids() {
  std::vector<std::string> ids;
  for (const Mechanism& mechanism : mechanisms()) ids.emplace_back(mechanism.id);
  return ids;
}

}  // namespace

template <typename T>
bool read_number(YamlMap& map, const std::string& key, T& target, Bound bound, Need need, const std::string& why) {
  T value{};
  if (!read(map, key, value, need, why)) return false;
  const auto number = static_cast<double>(value);
  if (number < bound.value || (number == bound.value && !bound.inclusive)) {
    const char* rule = bound.inclusive ? "at least" : "more than";
    return fail(map, key, fmt::format("{} {}", rule, bound.value), fmt::format("{}", value));
  }
  target = value;
  return true;
}

template bool read_number(YamlMap&, const std::string&, int&, Bound, Need, const std::string&);
template bool read_number(YamlMap&, const std::string&, std::int64_t&, Bound, Need, const std::string&);
template bool read_number(YamlMap&, const std::string&, double&, Bound, Need, const std::string&);

bool read_matching(YamlMap& map, const std::string& key, std::string& target, const re2::RE2& pattern,
                   const std::string& rule, Need need) {
  std::string text;
  if (!read(map, key, text, need)) return false;
  if (!re2::RE2::FullMatch(text, pattern)) return fail(map, key, rule, fmt::format("'{}'", text));
  target = text;
  return true;
}

void read_pattern(YamlMap& map, const std::string& key, std::string& target, Need need, const std::string& why) {
  std::string text;
  if (!read(map, key, text, need, why)) return;
  const re2::RE2 pattern(text, re2::RE2::Quiet);
  if (pattern.ok()) {
    target = text;
  } else {
    map.error(key, fmt::format("{} is no regular expression: {}", map.path(key), pattern.error()),
              "the syntax is RE2's; write \\\\( for a bracket in double quotes, \\( in single ones");
  }
}

bool require_project(YamlMap& map, std::string& target) {
  static const re2::RE2 pattern("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
  return read_matching(map, "project", target, pattern, "owner/name", Need::required);
}

bool require_sha(YamlMap& map, std::string& target) {
  static const re2::RE2 pattern("[0-9a-f]{40}");
  return read_matching(map, "commit", target, pattern, "a full sha (40 hex digits in lower case)", Need::required);
}

bool read_url(YamlMap& map, std::string& target, Need need) {
  static const re2::RE2 pattern(R"(https?://\S+)");
  return read_matching(map, "url", target, pattern, "a web address (https://...)", need);
}

void read_study(YamlMap& map, StudyLabels& labels, Need need) {
  const auto read_labels = [&labels](YamlMap& study) {
    read_label(study, "category", labels.category, study_categories());
    read_label(study, "cause", labels.cause, study_causes());
    read_label(study, "symptom", labels.symptom, study_symptoms());
    read_label(study, "fix", labels.fix, study_fixes());
    study.read("assigned", labels.assigned);
  };
  if (need == Need::required) {
    map.require_map("study", read_labels);
  } else {
    map.read_map("study", read_labels);
  }
}

bool read_mechanism(YamlMap& map, std::string& mechanism, Need need) {
  static const std::vector<std::string> ids = mechanism_ids();
  std::string id;
  if (!read(map, "mechanism", id, need)) return false;
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) return map.unknown_word("mechanism", id, ids);
  mechanism = id;
  return true;
}

std::string commit_url(const std::string& project, const std::string& commit) {
  return fmt::format("https://github.com/{}/commit/{}", project, commit);
}

}  // namespace hybugs
