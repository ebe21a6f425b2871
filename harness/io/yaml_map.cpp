#include "harness/io/yaml_map.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hybugs {
namespace {

/// Longer lists of words help only where no word is near.
constexpr std::size_t kShortList = 10;

int line_of(const YAML::Mark& mark) {
  return mark.is_null() ? 0 : mark.line + 1;
}

/// Decimal only: yaml-cpp reads `010` as eight.
template <typename T>
bool parse_integer(const std::string& text, T& target) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, target);
  return error == std::errc() && stop == end;
}

/// A short quotation for messages.
std::string excerpt(const std::string& text) {
  return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

}  // namespace

YamlMap::YamlMap(const YAML::Node& node, std::string name, std::string file, Errors& errors)
    : name_(std::move(name)), file_(std::move(file)), errors_(&errors) {
  if (!name_.empty()) line_ = line_of(node.Mark());
  if (!node.IsMap()) {
    add_error(line_, fmt::format("{} must be a mapping of keys to values", name_.empty() ? "the file" : name_));
    return;
  }
  for (const auto& pair : node) add_entry(pair.first, pair.second);
}

void YamlMap::add_entry(const YAML::Node& key, const YAML::Node& value) {
  const int line = line_of(key.Mark());
  if (!key.IsScalar()) return add_error(line, "a key must be a word");
  const std::string& word = key.Scalar();
  // yaml-cpp keeps both of two equal keys and says nothing.
  if (has(word)) {
    return add_error(line, fmt::format("duplicate key '{}'", path(word)),
                     fmt::format("first on line {}", this->line(word)));
  }
  entries_.push_back({word, line, value});
}

bool YamlMap::has(const std::string& key) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
}

YamlMap::Entry* YamlMap::find(const std::string& key) {
  known_.push_back(key);
  for (Entry& entry : entries_) {
    if (entry.key != key) continue;
    entry.known = true;
    return &entry;
  }
  return nullptr;
}

void YamlMap::note_if_missing(const std::string& key, const std::string& why) {
  if (!has(key)) missing_.push_back({key, why});
}

std::string YamlMap::scalar(const std::string& key) const {
  for (const Entry& entry : entries_) {
    if (entry.key == key && entry.value.IsScalar()) return entry.value.Scalar();
  }
  return "";
}

int YamlMap::line(const std::string& key) const {
  for (const Entry& entry : entries_) {
    if (entry.key == key) return entry.line;
  }
  return line_;
}

std::string YamlMap::path(const std::string& key) const {
  return name_.empty() ? key : name_ + "." + key;
}

void YamlMap::add_error(int line, const std::string& message, const std::string& hint) {
  errors_->push_back({file_, line, message, hint});
}

void YamlMap::error(const std::string& key, const std::string& message, const std::string& hint) {
  add_error(line(key), message, hint);
}

bool YamlMap::unknown_word(const std::string& key, const std::string& word, const std::vector<std::string>& known) {
  const std::string nearest = nearest_word(word, known);
  std::string hint = nearest.empty() ? "" : fmt::format("did you mean '{}'?", nearest);
  if (nearest.empty() || known.size() <= kShortList) {
    hint += fmt::format("{}one of: {}", nearest.empty() ? "" : " It must be ", fmt::join(known, "; "));
  }
  error(key, fmt::format("unknown {} '{}'", path(key), excerpt(word)), hint);
  return false;
}

bool YamlMap::wrong_type(const Entry& entry, const std::string& wanted) {
  const std::string got = entry.value.IsScalar() ? fmt::format("'{}'", excerpt(entry.value.Scalar()))
                          : entry.value.IsMap()  ? "a mapping"
                          : entry.value.IsNull() ? "empty"
                                                 : "a list";
  add_error(entry.line, fmt::format("{} must be {}, not {}", path(entry.key), wanted, got));
  return false;
}

bool YamlMap::convert(const Entry& entry, std::string& target) {
  if (!entry.value.IsScalar()) return wrong_type(entry, "text");
  if (entry.value.Scalar().empty()) {
    add_error(entry.line, fmt::format("{} is empty", path(entry.key)), "write something or leave the key out");
    return false;
  }
  target = entry.value.Scalar();
  return true;
}

bool YamlMap::convert(const Entry& entry, bool& target) {
  const std::string text = entry.value.IsScalar() ? entry.value.Scalar() : "";
  if (text != "true" && text != "false") return wrong_type(entry, "true or false");
  target = text == "true";
  return true;
}

bool YamlMap::convert(const Entry& entry, int& target) {
  const bool fits = entry.value.IsScalar() && parse_integer(entry.value.Scalar(), target);
  return fits || wrong_type(entry, "an integer");
}

bool YamlMap::convert(const Entry& entry, std::int64_t& target) {
  const bool fits = entry.value.IsScalar() && parse_integer(entry.value.Scalar(), target);
  return fits || wrong_type(entry, "an integer");
}

bool YamlMap::convert(const Entry& entry, double& target) {
  double value = 0;
  const bool fits = entry.value.IsScalar() && YAML::convert<double>::decode(entry.value, value) && std::isfinite(value);
  if (!fits) return wrong_type(entry, "a finite number");
  target = value;
  return true;
}

bool YamlMap::convert(const Entry& entry, std::vector<std::string>& target) {
  if (!entry.value.IsSequence()) return wrong_type(entry, "a list of texts");
  std::vector<std::string> texts;
  for (const YAML::Node& item : entry.value) {
    const Entry part{fmt::format("{}[{}]", entry.key, texts.size()), line_of(item.Mark()), item, true};
    if (!convert(part, texts.emplace_back())) return false;
  }
  target = std::move(texts);
  return true;
}

void YamlMap::visit(const YAML::Node& node, const std::string& name, const Reader& reader) {
  YamlMap inner(node, name, file_, *errors_);
  if (!node.IsMap()) return;
  reader(inner);
  inner.report();
}

bool YamlMap::read_map(const std::string& key, const Reader& reader) {
  const Entry* entry = find(key);
  if (entry == nullptr) return false;
  if (!entry->value.IsMap()) return wrong_type(*entry, "a mapping such as {key: value}");
  visit(entry->value, path(key), reader);
  return true;
}

bool YamlMap::require_map(const std::string& key, const Reader& reader, const std::string& why) {
  note_if_missing(key, why);
  return read_map(key, reader);
}

bool YamlMap::read_list(const std::string& key, const Reader& reader) {
  const Entry* entry = find(key);
  if (entry == nullptr) return false;
  if (!entry->value.IsSequence()) return wrong_type(*entry, "a list such as [{key: value}]");
  int index = 0;
  for (const YAML::Node& item : entry->value) visit(item, fmt::format("{}[{}]", path(key), index++), reader);
  return true;
}

bool YamlMap::require_list(const std::string& key, const Reader& reader) {
  note_if_missing(key, "");
  return read_list(key, reader);
}

/// Returns the keys that the unknown ones were probably meant to be.
std::vector<std::string> YamlMap::report_unknown() {
  std::vector<std::string> meant;
  for (const Entry& entry : entries_) {
    if (entry.known) continue;
    meant.push_back(nearest_word(entry.key, known_));
    const std::string place = name_.empty() ? "" : fmt::format(" in {}", name_);
    const std::string hint = meant.back().empty() ? fmt::format("known keys: {}", fmt::join(known_, ", "))
                                                  : fmt::format("did you mean '{}'?", meant.back());
    add_error(entry.line, fmt::format("unknown key '{}'{}", excerpt(entry.key), place), hint);
  }
  return meant;
}

void YamlMap::report() {
  // A misspelt key is one mistake: it isn't reported as a missing one as well.
  const std::vector<std::string> meant = report_unknown();
  for (const Missing& missing : missing_) {
    if (std::find(meant.begin(), meant.end(), missing.key) != meant.end()) continue;
    add_error(line_, fmt::format("missing key '{}'", path(missing.key)), missing.why);
  }
}

namespace {

std::optional<std::vector<YAML::Node>> parse(const std::string& text, const std::string& file, Errors& errors) {
  try {
    return YAML::LoadAll(text);
  } catch (const YAML::Exception& exception) {
    errors.push_back({file, line_of(exception.mark), fmt::format("malformed YAML: {}", exception.msg),
                      "quote texts that contain ': ' or ' #' or begin with one of []{}&*!|>%@"});
    return std::nullopt;
  }
}

void sort_by_line(Errors::iterator begin, Errors::iterator end) {
  std::stable_sort(begin, end, [](const Error& a, const Error& b) { return a.line < b.line; });
}

}  // namespace

void read_yaml(const std::string& text, const std::string& file, Errors& errors, const YamlMap::Reader& reader) {
  const auto documents = parse(text, file, errors);
  if (!documents) return;
  if (documents->empty() || documents->front().IsNull()) return errors.push_back({file, 0, "the file is empty", ""});
  const auto before = static_cast<std::ptrdiff_t>(errors.size());
  if (documents->size() > 1) {
    errors.push_back({file, line_of((*documents)[1].Mark()), "a second YAML document", "remove the line '---'"});
  }
  YamlMap map(documents->front(), "", file, errors);
  if (documents->front().IsMap()) {
    reader(map);
    map.report();
  }
  sort_by_line(errors.begin() + before, errors.end());
}

}  // namespace hybugs
