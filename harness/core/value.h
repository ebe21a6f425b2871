// The values that programs take and return, without LibTorch: what a trial records and the judge compares.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hybugs {

enum class DType : std::uint8_t {
  boolean,
  uint8,
  int8,
  int16,
  int32,
  int64,
  float16,
  bfloat16,
  float32,
  float64,
  complex64,
  complex128
};

/// `float32`, `bool`, ...
const char* dtype_name(DType dtype);
std::size_t element_size(DType dtype);

/// A dense tensor: `data` points to the elements in row-major order without gaps, kept alive by `owner`.
/// Sharing instead of copying lets the same type stand for LibTorch's memory and for a received frame.
struct Tensor {
  DType dtype = DType::float32;
  std::vector<std::int64_t> shape;
  bool requires_grad = false;
  const std::byte* data = nullptr;
  std::shared_ptr<const void> owner;

  std::int64_t element_count() const;
  std::size_t byte_count() const { return static_cast<std::size_t>(element_count()) * element_size(dtype); }
};

struct Value;

struct None {};

struct Sequence {
  enum class Kind : std::uint8_t { list, tuple };
  Kind kind = Kind::list;
  std::vector<Value> items;
};

struct Dict {
  std::vector<std::pair<Value, Value>> items;  // in the program's order
};

/// Anything that has no closer type here (a device, an object, a sparse tensor), in words.
struct Opaque {
  std::string type;
  std::string text;
};

struct Value {
  std::variant<None, bool, std::int64_t, double, std::complex<double>, std::string, Tensor, Sequence, Dict, Opaque>
      data;
};

/// `Tensor float32 [2, 3]`, `int`, `list of 4`, ...: the type of a value in words.
std::string describe_type(const Value& value);

/// The value in words, on one line, at most about `limit` characters; tensors as dtype, shape and first elements.
std::string describe(const Value& value, std::size_t limit = 200);

/// `at`, or the start of the UTF-8 character that it lies in: where a text may be cut.
std::size_t character_start(const std::string& text, std::size_t at);

/// Element `index` of a tensor in words, with the digits that tell it from its neighbours: `0.1`, `-3`, `1.5-2j`.
std::string describe_element(const Tensor& tensor, std::int64_t index);

/// Element `index` of a tensor as a number (bool as 0 or 1; complex: real part). For messages, not for loops.
double element_as_double(const Tensor& tensor, std::int64_t index);

/// IEEE binary16 and bfloat16 bits as float.
float half_to_float(std::uint16_t bits);
float bfloat16_to_float(std::uint16_t bits);

}  // namespace hybugs
