#include "harness/io/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hybugs {
namespace {

using nlohmann::json;

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

}  // namespace

json json_text(const std::string& text) {
  if (is_ascii(text)) return text;
  return json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace));
}

json json_number(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  return number;
}

bool number_from_json(const json& source, double& number) {
  if (source.is_number()) {
    number = source.get<double>();
    return true;
  }
  if (source == "nan") number = std::numeric_limits<double>::quiet_NaN();
  if (source == "inf") number = std::numeric_limits<double>::infinity();
  if (source == "-inf") number = -std::numeric_limits<double>::infinity();
  return source == "nan" || source == "inf" || source == "-inf";
}

const json* JsonReader::find(const char* key) {
  const auto found = object_.find(key);
  if (found != object_.end()) return &*found;
  fail("missing", key);
  return nullptr;
}

void JsonReader::fail(const std::string& problem, const std::string& key) {
  if (problem_.empty()) problem_ = fmt::format("{} '{}{}'", problem, path_, key);
}

void JsonReader::read(const json& source, const std::string& key, bool& value) {
  if (!source.is_boolean()) return wrong(key);
  value = source.get<bool>();
}

void JsonReader::read(const json& source, const std::string& key, double& value) {
  if (!number_from_json(source, value)) wrong(key);
}

void JsonReader::read(const json& source, const std::string& key, std::string& value) {
  if (!source.is_string()) return wrong(key);
  value = source.get_ref<const std::string&>();
}

}  // namespace hybugs
