// Values as CBOR: numbers, strings and None as themselves, everything else as an object with one-letter keys.
#include <fmt/format.h>

#include "harness/wire/frame.h"

namespace hybugs {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;  // a hostile header must not exhaust the stack

struct Encoder {
  FrameBody& body;

  json operator()(const None&) const { return nullptr; }
  json operator()(bool value) const { return value; }
  json operator()(std::int64_t value) const { return value; }
  json operator()(double value) const { return value; }
  json operator()(const std::complex<double>& value) const { return {{"c", {value.real(), value.imag()}}}; }
  json operator()(const std::string& value) const { return value; }
  json operator()(const Tensor& tensor) const {
    return {{"t", static_cast<int>(tensor.dtype)},
            {"s", tensor.shape},
            {"g", tensor.requires_grad},
            {"o", body.add(tensor)}};
  }
  json operator()(const Sequence& sequence) const {
    return {{sequence.kind == Sequence::Kind::list ? "l" : "u", encode_values(sequence.items, body)}};
  }
  json operator()(const Dict& dict) const {
    json items = json::array();
    for (const auto& [key, value] : dict.items) {
      items.push_back(json::array({encode_value(key, body), encode_value(value, body)}));
    }
    return {{"d", std::move(items)}};
  }
  json operator()(const Opaque& opaque) const { return {{"x", {opaque.type, opaque.text}}}; }
};

Unexpected malformed(const std::string& what) {
  return Unexpected(Error{"", 0, "malformed record: " + what, ""});
}

bool is_integers(const json& list) {
  if (!list.is_array()) return false;
  for (const json& item : list) {
    if (!item.is_number_integer() || item.get<std::int64_t>() < 0) return false;
  }
  return true;
}

// Product of the sizes, or a number beyond any body when it overflows.
std::uint64_t element_count(const std::vector<std::int64_t>& shape) {
  constexpr std::uint64_t kTooMany = std::uint64_t{1} << 60;
  std::uint64_t count = 1;
  for (std::int64_t size : shape) {
    if (size != 0 && count > kTooMany / static_cast<std::uint64_t>(size)) return kTooMany;
    count *= static_cast<std::uint64_t>(size);
  }
  return count;
}

Result<Value> decode_tensor(const json& item, const Frame& frame) {
  if (!item.contains("s") || !item.contains("o") || !is_integers(item["s"]) || !item["o"].is_number_unsigned() ||
      !item["t"].is_number_unsigned() || item["t"].get<unsigned>() > static_cast<unsigned>(DType::complex128)) {
    return malformed("a tensor without dtype, shape or place");
  }
  Tensor tensor;
  tensor.dtype = static_cast<DType>(item["t"].get<unsigned>());
  tensor.shape = item["s"].get<std::vector<std::int64_t>>();
  tensor.requires_grad = item.value("g", json(false)) == json(true);
  const auto offset = item["o"].get<std::uint64_t>();
  const std::uint64_t bytes = element_count(tensor.shape) * element_size(tensor.dtype);
  if (offset > frame.body_size || bytes > frame.body_size - offset || offset % 16 != 0) {
    return malformed("a tensor outside its frame");
  }
  tensor.data = frame.body.get() + offset;
  tensor.owner = frame.body;
  return Value{std::move(tensor)};
}

Result<Value> decode(const json& item, const Frame& frame, int depth);

Result<std::vector<Value>> decode_list(const json& list, const Frame& frame, int depth) {
  if (!list.is_array()) return malformed("not a list of values");
  std::vector<Value> values;
  values.reserve(list.size());
  for (const json& item : list) {
    auto value = decode(item, frame, depth);
    if (!value) return Unexpected(value.error());
    values.push_back(std::move(*value));
  }
  return values;
}

Result<Value> decode_dict(const json& items, const Frame& frame, int depth) {
  if (!items.is_array()) return malformed("a dict without items");
  Dict dict;
  for (const json& item : items) {
    auto pair = decode_list(item, frame, depth);
    if (!pair) return Unexpected(pair.error());
    if (pair->size() != 2) return malformed("a dict item that is no pair");
    dict.items.emplace_back(std::move((*pair)[0]), std::move((*pair)[1]));
  }
  return Value{std::move(dict)};
}

Result<Value> decode_object(const json& item, const Frame& frame, int depth) {
  if (item.contains("t")) return decode_tensor(item, frame);
  if (item.contains("d")) return decode_dict(item["d"], frame, depth);
  for (const auto& [key, kind] : {std::pair{"l", Sequence::Kind::list}, {"u", Sequence::Kind::tuple}}) {
    if (!item.contains(key)) continue;
    auto values = decode_list(item[key], frame, depth);
    if (!values) return Unexpected(values.error());
    return Value{Sequence{kind, std::move(*values)}};
  }
  const auto pair_of = [&](const char* key) {
    return item.contains(key) && item[key].is_array() && item[key].size() == 2;
  };
  if (pair_of("c") && item["c"][0].is_number() && item["c"][1].is_number()) {
    return Value{std::complex<double>(item["c"][0].get<double>(), item["c"][1].get<double>())};
  }
  if (pair_of("x") && item["x"][0].is_string() && item["x"][1].is_string()) {
    return Value{Opaque{item["x"][0].get<std::string>(), item["x"][1].get<std::string>()}};
  }
  return malformed("an unknown kind of value");
}

Result<Value> decode(const json& item, const Frame& frame, int depth) {
  if (depth > kMaxDepth) return malformed("values nested too deep");
  switch (item.type()) {
    case json::value_t::null:
      return Value{None{}};
    case json::value_t::boolean:
      return Value{item.get<bool>()};
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
      return Value{item.get<std::int64_t>()};
    case json::value_t::number_float:
      return Value{item.get<double>()};
    case json::value_t::string:
      return Value{item.get<std::string>()};
    case json::value_t::object:
      return decode_object(item, frame, depth + 1);
    default:
      return malformed("an unknown kind of value");
  }
}

// Length of the valid UTF-8 sequence at `at`, 0 if there is none.
std::size_t sequence_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return 0;
  }
  const unsigned second = byte(at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

}  // namespace

json encode_value(const Value& value, FrameBody& body) {
  return std::visit(Encoder{body}, value.data);
}

json encode_values(const std::vector<Value>& values, FrameBody& body) {
  json list = json::array();
  for (const Value& value : values) list.push_back(encode_value(value, body));
  return list;
}

void add_tensors(const std::vector<Value>& values, FrameBody& body) {
  for (const Value& value : values) {
    if (const auto* tensor = std::get_if<Tensor>(&value.data)) body.add(*tensor);
    if (const auto* sequence = std::get_if<Sequence>(&value.data)) add_tensors(sequence->items, body);
    if (const auto* dict = std::get_if<Dict>(&value.data)) {
      for (const auto& [key, item] : dict->items) add_tensors({key, item}, body);
    }
  }
}

Result<Value> decode_value(const json& json, const Frame& frame) {
  return decode(json, frame, 0);
}

Result<std::vector<Value>> decode_values(const json& json, const Frame& frame) {
  return decode_list(json, frame, 0);
}

std::string printable_utf8(const std::string& text, std::size_t limit) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    if (result.size() >= limit) return result + fmt::format(" ... ({} bytes in all)", text.size());
    const std::size_t length = sequence_length(text, i);
    if (length == 0) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i++]));
    } else {
      result.append(text, i, length);
      i += length;
    }
  }
  return result;
}

}  // namespace hybugs
