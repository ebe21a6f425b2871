// Plain values as JSON and back, from one list of their members. Internal to io/.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/vocabulary.h"
#include "harness/io/fields.h"

namespace hybugs {

/// Text as JSON can hold it: bytes that aren't UTF-8 become U+FFFD, so that no dump of it throws.
nlohmann::json json_text(const std::string& text);

/// A number; JSON has no infinities and no NaN, they become the strings "inf", "-inf" and "nan".
nlohmann::json json_number(double number);
bool number_from_json(const nlohmann::json& json, double& number);

/// An integer that fits.
template <typename T>
bool integer_from_json(const nlohmann::json& json, T& value) {
  if (!json.is_number_integer()) return false;
  using Limits = std::numeric_limits<T>;
  const auto number = json.get<std::int64_t>();  // wraps round for large unsigned ones
  value = static_cast<T>(number);
  if (json.is_number_unsigned() || number >= 0) {
    return json.get<std::uint64_t>() <= static_cast<std::uint64_t>(Limits::max());
  }
  return std::is_signed_v<T> && number >= static_cast<std::int64_t>(Limits::min());
}

/// Fills a JSON object.
class JsonWriter {
 public:
  explicit JsonWriter(nlohmann::json& object) : object_(object) {}

  template <typename T>
  void operator()(const char* key, const T& value) {
    object_[key] = write(value);
  }

  /// `Form` has `static json write(const T&)` and `static bool read(const json&, T&)`.
  template <typename Form, typename T>
  void as(const char* key, const T& value) {
    object_[key] = Form::write(value);
  }

  static nlohmann::json write(bool value) { return value; }
  static nlohmann::json write(int value) { return value; }
  static nlohmann::json write(std::int64_t value) { return value; }
  static nlohmann::json write(std::uint64_t value) { return value; }
  static nlohmann::json write(double value) { return json_number(value); }
  static nlohmann::json write(const std::string& value) { return json_text(value); }

  template <typename T>
  static nlohmann::json write(const std::optional<T>& value) {
    return value ? write(*value) : nlohmann::json(nullptr);
  }

  template <typename T>
  static nlohmann::json write(const std::vector<T>& values) {
    nlohmann::json list = nlohmann::json::array();
    for (const T& value : values) list.push_back(write(value));
    return list;
  }

  template <typename Enum, std::enable_if_t<std::is_enum_v<Enum>, int> = 0>
  static nlohmann::json write(Enum value) {
    return to_string(value);
  }

  template <typename T, std::enable_if_t<HasFields<T>::value, int> = 0>
  static nlohmann::json write(const T& value) {
    nlohmann::json object = nlohmann::json::object();
    JsonWriter writer(object);
    Fields<T>::visit(writer, value);
    return object;
  }

 private:
  nlohmann::json& object_;
};

/// Reads a JSON object. Every key must be there; the first mistake is kept, with its path.
class JsonReader {
 public:
  JsonReader(const nlohmann::json& object, std::string path, std::string& problem)
      : object_(object), path_(std::move(path)), problem_(problem) {}

  template <typename T>
  void operator()(const char* key, T& value) {
    const nlohmann::json* json = find(key);
    if (json != nullptr) read(*json, key, value);
  }

  template <typename Form, typename T>
  void as(const char* key, T& value) {
    const nlohmann::json* json = find(key);
    if (json != nullptr && !Form::read(*json, value)) wrong(key);
  }

 private:
  const nlohmann::json* find(const char* key);
  void wrong(const std::string& key) { fail("wrong value for", key); }
  void fail(const std::string& problem, const std::string& key);

  void read(const nlohmann::json& json, const std::string& key, bool& value);
  void read(const nlohmann::json& json, const std::string& key, double& value);
  void read(const nlohmann::json& json, const std::string& key, std::string& value);

  template <typename T>
  void read(const nlohmann::json& json, const std::string& key, std::optional<T>& value) {
    value.reset();
    if (!json.is_null()) read(json, key, value.emplace());
  }

  template <typename T>
  void read(const nlohmann::json& json, const std::string& key, std::vector<T>& values) {
    values.clear();
    if (!json.is_array()) return wrong(key);
    for (const nlohmann::json& item : json) {
      const std::string place = key + "[" + std::to_string(values.size()) + "]";  // before there is one more
      read(item, place, values.emplace_back());
    }
  }

  template <typename Int, std::enable_if_t<std::is_integral_v<Int>, int> = 0>
  void read(const nlohmann::json& json, const std::string& key, Int& value) {
    if (!integer_from_json(json, value)) wrong(key);
  }

  template <typename Enum, std::enable_if_t<std::is_enum_v<Enum>, int> = 0>
  void read(const nlohmann::json& json, const std::string& key, Enum& value) {
    const auto found = json.is_string() ? from_string<Enum>(json.get_ref<const std::string&>()) : std::nullopt;
    if (!found) return wrong(key);
    value = *found;
  }

  template <typename T, std::enable_if_t<HasFields<T>::value, int> = 0>
  void read(const nlohmann::json& json, const std::string& key, T& value) {
    if (!json.is_object()) return wrong(key);
    JsonReader inner(json, path_ + key + ".", problem_);
    Fields<T>::visit(inner, value);
  }

  const nlohmann::json& object_;
  std::string path_;
  std::string& problem_;
};

template <typename T>
nlohmann::json write_fields(const T& value) {
  return JsonWriter::write(value);
}

/// `what` names the value in errors: `no result of a case: missing 'seeds[0].verdict'`.
template <typename T>
Result<T> read_fields(const nlohmann::json& json, const std::string& what) {
  if (!json.is_object()) return Unexpected(Error{"", 0, "no " + what + ": not a JSON object", ""});
  T value;
  std::string problem;
  JsonReader reader(json, "", problem);
  Fields<T>::visit(reader, value);
  if (!problem.empty()) return Unexpected(Error{"", 0, "no " + what + ": " + problem, ""});
  return value;
}

}  // namespace hybugs
