#include "harness/core/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>
#include <string_view>
#include <type_traits>

namespace hybugs {
namespace {

struct DTypeFacts {
  const char* name;
  std::size_t size;
};

/// In the order of DType.
constexpr std::array<DTypeFacts, 12> kDTypes = {{{"bool", 1},
                                                 {"uint8", 1},
                                                 {"int8", 1},
                                                 {"int16", 2},
                                                 {"int32", 4},
                                                 {"int64", 8},
                                                 {"float16", 2},
                                                 {"bfloat16", 2},
                                                 {"float32", 4},
                                                 {"float64", 8},
                                                 {"complex64", 8},
                                                 {"complex128", 16}}};

const DTypeFacts& facts(DType dtype) {
  return kDTypes[static_cast<std::size_t>(dtype)];
}

/// An element as its own type, so that float32 0.1 prints as 0.1 and int64 keeps all its digits.
using Element = std::variant<bool, std::int64_t, float, double, std::complex<float>, std::complex<double>>;

/// By memcpy: a tensor inside a received frame may lie at any address.
template <typename T>
T read(const Tensor& tensor, std::int64_t index) {
  T value;
  std::memcpy(&value, tensor.data + static_cast<std::size_t>(index) * sizeof(T), sizeof(T));
  return value;
}

Element element_at(const Tensor& tensor, std::int64_t index) {
  switch (tensor.dtype) {
    case DType::boolean:
      return read<std::uint8_t>(tensor, index) != 0;
    case DType::uint8:
      return std::int64_t{read<std::uint8_t>(tensor, index)};
    case DType::int8:
      return std::int64_t{read<std::int8_t>(tensor, index)};
    case DType::int16:
      return std::int64_t{read<std::int16_t>(tensor, index)};
    case DType::int32:
      return std::int64_t{read<std::int32_t>(tensor, index)};
    case DType::int64:
      return read<std::int64_t>(tensor, index);
    case DType::float16:
      return half_to_float(read<std::uint16_t>(tensor, index));
    case DType::bfloat16:
      return bfloat16_to_float(read<std::uint16_t>(tensor, index));
    case DType::float32:
      return read<float>(tensor, index);
    case DType::float64:
      return read<double>(tensor, index);
    case DType::complex64:
      return read<std::complex<float>>(tensor, index);
    case DType::complex128:
      return read<std::complex<double>>(tensor, index);
  }
  return 0.0;
}

template <typename T>
struct IsComplex : std::false_type {};
template <typename T>
struct IsComplex<std::complex<T>> : std::true_type {};

template <typename T>
std::string number_text(const T& number) {
  if constexpr (IsComplex<T>::value) {
    return fmt::format("{}{:+}j", number.real(), number.imag());
  } else {
    return fmt::format("{}", number);
  }
}

float float_of_bits(std::uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

std::string escaped(char character) {
  switch (character) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\\':
      return "\\\\";
    case '\'':
      return "\\'";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, character);
}

/// One line that stops growing at its limit and then ends in dots.
class Line {
 public:
  explicit Line(std::size_t limit) : limit_(limit) {}

  std::string take() { return std::move(text_); }

  void add(const Value& value) {
    std::visit([this](const auto& data) { add(data); }, value.data);
  }

 private:
  void add(None) { text_ += "None"; }
  void add(bool flag) { text_ += flag ? "true" : "false"; }
  void add(std::int64_t number) { text_ += number_text(number); }
  void add(double number) { text_ += number_text(number); }
  void add(const std::complex<double>& number) { text_ += number_text(number); }

  void add(const std::string& string) {
    const std::size_t shown = character_start(string, std::min(string.size(), limit_ - std::min(limit_, text_.size())));
    text_ += '\'';
    for (std::size_t i = 0; i < shown; ++i) text_ += escaped(string[i]);
    text_ += shown < string.size() ? "...'" : "'";
  }

  void add(const Tensor& tensor) {
    text_ += fmt::format("{} [{}] ", dtype_name(tensor.dtype), fmt::join(tensor.shape, ", "));
    add_items("()", static_cast<std::size_t>(tensor.element_count()),
              [&](std::size_t index) { text_ += describe_element(tensor, static_cast<std::int64_t>(index)); });
  }

  void add(const Sequence& sequence) {
    add_items(sequence.kind == Sequence::Kind::list ? "[]" : "()", sequence.items.size(),
              [&](std::size_t index) { add(sequence.items[index]); });
  }

  void add(const Dict& dict) {
    add_items("{}", dict.items.size(), [&](std::size_t index) {
      add(dict.items[index].first);
      text_ += ": ";
      add(dict.items[index].second);
    });
  }

  void add(const Opaque& opaque) {
    text_ += opaque.type + ' ';
    add(opaque.text);
  }

  void add_items(std::string_view brackets, std::size_t count, const std::function<void(std::size_t)>& add_item) {
    text_ += brackets[0];
    for (std::size_t index = 0; index < count; ++index) {
      if (index > 0) text_ += ", ";
      if (full()) {
        text_ += "...";
        break;
      }
      add_item(index);
    }
    text_ += brackets[1];
  }

  bool full() const { return text_.size() >= limit_; }

  std::size_t limit_;
  std::string text_;
};

struct TypeInWords {
  std::string operator()(None) const { return "None"; }
  std::string operator()(bool) const { return "bool"; }
  std::string operator()(std::int64_t) const { return "int"; }
  std::string operator()(double) const { return "float"; }
  std::string operator()(const std::complex<double>&) const { return "complex"; }
  std::string operator()(const std::string&) const { return "str"; }
  std::string operator()(const Tensor& tensor) const {
    return fmt::format("Tensor {} [{}]", dtype_name(tensor.dtype), fmt::join(tensor.shape, ", "));
  }
  std::string operator()(const Sequence& sequence) const {
    return fmt::format("{} of {}", sequence.kind == Sequence::Kind::list ? "list" : "tuple", sequence.items.size());
  }
  std::string operator()(const Dict& dict) const { return fmt::format("dict of {}", dict.items.size()); }
  std::string operator()(const Opaque& opaque) const { return opaque.type; }
};

}  // namespace

const char* dtype_name(DType dtype) {
  return facts(dtype).name;
}

std::size_t element_size(DType dtype) {
  return facts(dtype).size;
}

std::int64_t Tensor::element_count() const {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::string describe_type(const Value& value) {
  return std::visit(TypeInWords(), value.data);
}

std::string describe(const Value& value, std::size_t limit) {
  Line line(limit);
  line.add(value);
  return line.take();
}

std::size_t character_start(const std::string& text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  return at;
}

std::string describe_element(const Tensor& tensor, std::int64_t index) {
  return std::visit([](const auto& number) { return number_text(number); }, element_at(tensor, index));
}

double element_as_double(const Tensor& tensor, std::int64_t index) {
  const auto as_double = [](const auto& number) {
    if constexpr (IsComplex<std::decay_t<decltype(number)>>::value) {
      return static_cast<double>(number.real());
    } else {
      return static_cast<double>(number);
    }
  };
  return std::visit(as_double, element_at(tensor, index));
}

float half_to_float(std::uint16_t bits) {
  const std::uint32_t sign = (bits & 0x8000u) << 16;
  const std::uint32_t exponent = (bits >> 10) & 0x1fu;
  const std::uint32_t fraction = bits & 0x3ffu;
  if (exponent == 0) return std::copysign(static_cast<float>(fraction) * 0x1p-24f, float_of_bits(sign));
  if (exponent == 0x1f) return float_of_bits(sign | 0x7f800000u | (fraction << 13));
  return float_of_bits(sign | ((exponent + 112) << 23) | (fraction << 13));  // 112: from bias 15 to bias 127
}

float bfloat16_to_float(std::uint16_t bits) {
  return float_of_bits(std::uint32_t{bits} << 16);
}

}  // namespace hybugs
