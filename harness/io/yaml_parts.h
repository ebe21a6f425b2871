// What case.yaml and the ledger have in common. Internal to io/.
#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/io/yaml_map.h"

namespace hybugs {

/// Whether a key may be left out.
enum class Need : std::uint8_t { required, optional };

template <typename T>
bool read(YamlMap& map, const std::string& key, T& target, Need need, const std::string& why = "") {
  return need == Need::required ? map.require(key, target, why) : map.read(key, target);
}

struct Bound {
  double value = 0;
  bool inclusive = true;
};
inline Bound at_least(double value) {
  return {value, true};
}
inline Bound above(double value) {
  return {value, false};
}

/// A number on the right side of `bound`. Returns whether `target` was set to one.
template <typename T>
bool read_number(YamlMap& map, const std::string& key, T& target, Bound bound, Need need, const std::string& why = "");

/// Text that matches a pattern; `rule` says it in words: `must be a full sha (40 hex digits), not '0db1b0b'`.
bool read_matching(YamlMap& map, const std::string& key, std::string& target, const re2::RE2& pattern,
                   const std::string& rule, Need need);

/// A pattern that RE2 accepts.
void read_pattern(YamlMap& map, const std::string& key, std::string& target, Need need, const std::string& why = "");

bool require_project(YamlMap& map, std::string& target);
bool require_sha(YamlMap& map, std::string& target);
bool read_url(YamlMap& map, std::string& target, Need need);

/// The study's labels under `study`, each spelt as the study spells it.
void read_study(YamlMap& map, StudyLabels& labels, Need need);

bool read_mechanism(YamlMap& map, std::string& mechanism, Need need);

/// `https://github.com/PROJECT/commit/SHA`.
std::string commit_url(const std::string& project, const std::string& commit);

}  // namespace hybugs
