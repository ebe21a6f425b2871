// YAML read strictly: every mistake becomes an Error with file and line. Internal to io/.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/vocabulary.h"

namespace hybugs {

/// A mapping of a YAML file. Reading a key makes it a known one; report() names the keys that nobody read.
///
/// read() leaves `target` alone where the key is missing or wrong, and returns whether it was set. require() reports a
/// missing key as well, and `why` it is needed.
class YamlMap {
 public:
  using Reader = std::function<void(YamlMap&)>;

  /// `name`: the path of the mapping within the file (`measured[0]`); empty: the whole file. A node that is no mapping
  /// is an error and reads as an empty one.
  YamlMap(const YAML::Node& node, std::string name, std::string file, Errors& errors);

  template <typename T>
  bool read(const std::string& key, T& target) {
    const Entry* entry = find(key);
    return entry != nullptr && convert(*entry, target);
  }

  template <typename T>
  bool require(const std::string& key, T& target, const std::string& why = "") {
    note_if_missing(key, why);
    return read(key, target);
  }

  /// Hands the mapping under `key`, or each mapping of the list under `key`, to `reader`.
  bool read_map(const std::string& key, const Reader& reader);
  bool require_map(const std::string& key, const Reader& reader, const std::string& why = "");
  bool read_list(const std::string& key, const Reader& reader);
  bool require_list(const std::string& key, const Reader& reader);

  bool has(const std::string& key) const;

  /// The text under `key` where it is a scalar, whatever its type; else empty. The key stays unknown.
  std::string scalar(const std::string& key) const;

  /// 1-based line of `key`, or of the mapping where the key is missing.
  int line(const std::string& key) const;
  int line() const { return line_; }

  /// `tolerance.rtol`: the key as messages name it.
  std::string path(const std::string& key) const;

  /// Makes a key a known one without reading it.
  void expect(const std::string& key) { find(key); }

  /// Adds an error at the line of `key`.
  void error(const std::string& key, const std::string& message, const std::string& hint = "");

  /// Adds an error for a word that isn't one of `known`: `unknown symptom 'slw'`. Returns false.
  bool unknown_word(const std::string& key, const std::string& word, const std::vector<std::string>& known);

  /// Reports unknown and missing keys; call it when all was read.
  void report();

 private:
  struct Entry {
    std::string key;
    int line = 0;
    YAML::Node value;
    bool known = false;
  };

  struct Missing {
    std::string key;
    std::string why;
  };

  void add_entry(const YAML::Node& key, const YAML::Node& value);
  Entry* find(const std::string& key);
  void note_if_missing(const std::string& key, const std::string& why);
  void add_error(int line, const std::string& message, const std::string& hint = "");
  void visit(const YAML::Node& node, const std::string& name, const Reader& reader);
  std::vector<std::string> report_unknown();
  bool wrong_type(const Entry& entry, const std::string& wanted);

  bool convert(const Entry& entry, std::string& target);
  bool convert(const Entry& entry, bool& target);
  bool convert(const Entry& entry, int& target);
  bool convert(const Entry& entry, std::int64_t& target);
  bool convert(const Entry& entry, double& target);

  bool convert(const Entry& entry, std::vector<std::string>& target);

  template <typename T>
  bool convert(const Entry& entry, std::optional<T>& target) {
    T value{};
    if (!convert(entry, value)) return false;
    target = value;
    return true;
  }

  template <typename Enum, typename = std::enable_if_t<std::is_enum_v<Enum>>>
  bool convert(const Entry& entry, Enum& target) {
    std::string word;
    if (!convert(entry, word)) return false;
    const std::optional<Enum> value = from_string<Enum>(word);
    if (!value) return unknown_word(entry.key, word, names<Enum>());
    target = *value;
    return true;
  }

  std::vector<Entry> entries_;
  std::vector<std::string> known_;  // all keys that were asked for
  std::vector<Missing> missing_;    // required ones that aren't there
  std::string name_;
  std::string file_;
  int line_ = 0;
  Errors* errors_;
};

/// Parses `text`, the text of the file shown as `file`, and hands its mapping to `reader`. The errors are appended in
/// the order of their lines.
void read_yaml(const std::string& text, const std::string& file, Errors& errors, const YamlMap::Reader& reader);

}  // namespace hybugs
