#include "harness/io/predictions.h"

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace hybugs {
namespace {

using nlohmann::json;

// JSON is UTF-8, patches are bytes. A byte that is no UTF-8 travels through the parser as a character that nobody uses:
// byte 0x80 + n is U+10FE80 + n, in UTF-8 F4 8F BA 80 to F4 8F BB BF.
constexpr const char* kStandIn = "\xF4\x8F";

// Length of the UTF-8 character that begins at `at`, 0 if there is none.
std::size_t utf8_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return 0;
  }
  const unsigned second = byte(at + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

std::string to_utf8(const std::string& line) {
  std::string text;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = utf8_length(line, at);
    if (length > 0) {
      text.append(line, at, length);
      at += length;
      continue;
    }
    const unsigned byte = static_cast<unsigned char>(line[at++]);
    text += kStandIn;
    text += static_cast<char>(byte < 0xC0 ? 0xBA : 0xBB);
    text += static_cast<char>(0x80 | (byte & 0x3F));
  }
  return text;
}

std::string from_utf8(const std::string& text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool stands_in = text.compare(at, 2, kStandIn) == 0 && at + 3 < text.size() &&
                           (text[at + 2] == '\xBA' || text[at + 2] == '\xBB');
    if (!stands_in) {
      bytes += text[at];
      continue;
    }
    bytes += static_cast<char>((text[at + 2] == '\xBA' ? 0x80 : 0xC0) | (text[at + 3] & 0x3F));
    at += 3;
  }
  return bytes;
}

Result<std::string> text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return Unexpected(Error{"", 0, fmt::format("'{}' is missing", key), ""});
  if (!found->is_string()) return Unexpected(Error{"", 0, fmt::format("'{}' is no text", key), ""});
  return from_utf8(found->get_ref<const std::string&>());
}

Result<Prediction> parse_prediction(const std::string& line) {
  const json object = json::parse(to_utf8(line), nullptr, false);
  if (!object.is_object()) return Unexpected(Error{"", 0, "is no JSON object", "one object a line"});
  Prediction prediction;
  const auto id = text_at(object, "instance_id");
  if (!id) return Unexpected(id.error());
  const auto model = text_at(object, "model_name_or_path");
  if (!model) return Unexpected(model.error());
  prediction.id = *id;
  prediction.model = *model;
  prediction.whole_file = object.contains("model_file") && !object["model_file"].is_null();
  const bool patch_given = object.contains("model_patch") && !object["model_patch"].is_null();
  if (prediction.whole_file && patch_given) {
    return Unexpected(Error{"", 0, "has both 'model_patch' and 'model_file'", "give one of them"});
  }
  if (object.contains("model_patch") && !patch_given && !prediction.whole_file) return prediction;  // an empty patch
  auto text = text_at(object, prediction.whole_file ? "model_file" : "model_patch");
  if (!text) return Unexpected(text.error());
  (prediction.whole_file ? prediction.file : prediction.patch) = std::move(*text);
  return prediction;
}

}  // namespace

Predictions read_predictions(const std::string& path) {
  Predictions predictions;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    predictions.errors.push_back({path, 0, "cannot be read", "--predictions names a file of one JSON object a line"});
    return predictions;
  }
  std::map<std::pair<std::string, std::string>, int> first_lines;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto prediction = parse_prediction(line);
    if (!prediction) {
      predictions.errors.push_back({path, number, prediction.error().message, prediction.error().hint});
      continue;
    }
    prediction->line = number;
    const auto [first, inserted] = first_lines.emplace(std::pair(prediction->id, prediction->model), number);
    if (!inserted) {
      predictions.errors.push_back(
          {path, number,
           fmt::format("{} of {} was predicted in line {} already", prediction->id, prediction->model, first->second),
           "the first one counts"});
      continue;
    }
    predictions.all.push_back(std::move(*prediction));
  }
  if (number == 0) predictions.errors.push_back({path, 0, "is empty", "one JSON object a line"});
  return predictions;
}

}  // namespace hybugs
