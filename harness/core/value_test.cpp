#include "harness/core/value.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>

namespace hybugs {
namespace {

template <typename T>
Tensor tensor(DType dtype, std::vector<std::int64_t> shape, std::vector<T> elements) {
  const auto owner = std::make_shared<std::vector<T>>(std::move(elements));
  return {dtype, std::move(shape), false, reinterpret_cast<const std::byte*>(owner->data()), owner};
}

Value list(std::vector<Value> items) {
  return {Sequence{Sequence::Kind::list, std::move(items)}};
}
Value tuple(std::vector<Value> items) {
  return {Sequence{Sequence::Kind::tuple, std::move(items)}};
}
Value text(const std::string& characters) {
  return {characters};
}
Value number(std::int64_t integer) {
  return {integer};
}

TEST(DTypeFacts, NamesAndSizes) {
  const std::vector<std::tuple<DType, std::string, std::size_t>> expected = {
      {DType::boolean, "bool", 1},    {DType::uint8, "uint8", 1},         {DType::int8, "int8", 1},
      {DType::int16, "int16", 2},     {DType::int32, "int32", 4},         {DType::int64, "int64", 8},
      {DType::float16, "float16", 2}, {DType::bfloat16, "bfloat16", 2},   {DType::float32, "float32", 4},
      {DType::float64, "float64", 8}, {DType::complex64, "complex64", 8}, {DType::complex128, "complex128", 16}};
  for (const auto& [dtype, name, size] : expected) {
    EXPECT_EQ(dtype_name(dtype), name);
    EXPECT_EQ(element_size(dtype), size) << name;
  }
}

TEST(TensorSize, IsTheProductOfTheShape) {
  Tensor matrix;
  matrix.shape = {2, 3};
  EXPECT_EQ(matrix.element_count(), 6);
  EXPECT_EQ(matrix.byte_count(), 24u);
}

TEST(TensorSize, WithoutDimensionsIsOneAndWithAnEmptyOneNothing) {
  Tensor tensor;
  EXPECT_EQ(tensor.element_count(), 1);
  tensor.shape = {3, 0};
  EXPECT_EQ(tensor.element_count(), 0);
  EXPECT_EQ(tensor.byte_count(), 0u);
}

struct BitsCase {
  std::uint16_t bits;
  float value;
};

TEST(HalfToFloat, ConvertsEveryKindOfNumber) {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const auto& [bits, value] :
       {BitsCase{0x0000, 0.0f}, BitsCase{0x3c00, 1.0f}, BitsCase{0xc000, -2.0f}, BitsCase{0x3555, 0.333251953125f},
        BitsCase{0x7bff, 65504.0f}, BitsCase{0x0400, 6.103515625e-5f}, BitsCase{0x0001, 5.9604644775390625e-8f},
        BitsCase{0x83ff, -6.0975551605224609e-5f}, BitsCase{0x7c00, infinity}, BitsCase{0xfc00, -infinity}}) {
    EXPECT_EQ(half_to_float(bits), value) << std::hex << bits;
  }
  EXPECT_TRUE(std::isnan(half_to_float(0x7e00)));
  EXPECT_TRUE(std::isnan(half_to_float(0xfc01)));
  EXPECT_TRUE(std::signbit(half_to_float(0x8000)));
}

TEST(BFloat16ToFloat, IsTheUpperHalfOfAFloat) {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const auto& [bits, value] : {BitsCase{0x3f80, 1.0f}, BitsCase{0xc040, -3.0f}, BitsCase{0x0000, 0.0f},
                                    BitsCase{0x7f80, infinity}, BitsCase{0x4049, 3.140625f}}) {
    EXPECT_EQ(bfloat16_to_float(bits), value) << std::hex << bits;
  }
  EXPECT_TRUE(std::isnan(bfloat16_to_float(0x7fc0)));
}

/// The second element of a tensor of each dtype.
struct ElementCase {
  Tensor tensor;
  double number;
  std::string words;
};

TEST(Element, IsReadForEveryDType) {
  const std::vector<ElementCase> cases = {
      {tensor<std::uint8_t>(DType::boolean, {2}, {0, 1}), 1, "true"},
      {tensor<std::uint8_t>(DType::uint8, {2}, {0, 255}), 255, "255"},
      {tensor<std::int8_t>(DType::int8, {2}, {0, -128}), -128, "-128"},
      {tensor<std::int16_t>(DType::int16, {2}, {0, -300}), -300, "-300"},
      {tensor<std::int32_t>(DType::int32, {2}, {0, -70000}), -70000, "-70000"},
      {tensor<std::int64_t>(DType::int64, {2}, {0, 9007199254740993}), 9007199254740992.0, "9007199254740993"},
      {tensor<std::uint16_t>(DType::float16, {2}, {0, 0x3e00}), 1.5, "1.5"},
      {tensor<std::uint16_t>(DType::bfloat16, {2}, {0, 0x4049}), 3.140625, "3.140625"},
      {tensor<float>(DType::float32, {2}, {0, 0.1f}), 0.1f, "0.1"},
      {tensor<double>(DType::float64, {2}, {0, 0.1}), 0.1, "0.1"},
      {tensor<std::complex<float>>(DType::complex64, {2}, {0, {0.1f, -2}}), 0.1f, "0.1-2j"},
      {tensor<std::complex<double>>(DType::complex128, {2}, {0, {0.1, 2}}), 0.1, "0.1+2j"}};
  for (const ElementCase& expected : cases) {
    EXPECT_EQ(element_as_double(expected.tensor, 1), expected.number) << dtype_name(expected.tensor.dtype);
    EXPECT_EQ(describe_element(expected.tensor, 1), expected.words) << dtype_name(expected.tensor.dtype);
  }
}

TEST(Element, MayLieAtAnyAddress) {
  const double number = 1.25;
  std::array<std::byte, 17> frame;
  std::memcpy(frame.data() + 1, &number, sizeof(number));
  Tensor tensor{DType::float64, {1}, false, frame.data() + 1, nullptr};
  EXPECT_EQ(element_as_double(tensor, 0), 1.25);
}

TEST(DescribeType, SaysTheTypeInWords) {
  const std::vector<std::pair<Value, std::string>> cases = {
      {{None()}, "None"},
      {{true}, "bool"},
      {number(1), "int"},
      {{1.0}, "float"},
      {{std::complex<double>(1, 2)}, "complex"},
      {text("one"), "str"},
      {{tensor<float>(DType::float32, {2, 3}, std::vector<float>(6))}, "Tensor float32 [2, 3]"},
      {list({number(1), number(2)}), "list of 2"},
      {tuple({number(1)}), "tuple of 1"},
      {{Dict{{{text("a"), number(1)}}}}, "dict of 1"},
      {{Opaque{"torch.device", "cpu"}}, "torch.device"}};
  for (const auto& [value, words] : cases) EXPECT_EQ(describe_type(value), words);
}

TEST(Describe, SaysTheValueInWords) {
  const std::vector<std::pair<Value, std::string>> cases = {
      {{None()}, "None"},
      {{true}, "true"},
      {number(-3), "-3"},
      {{0.5}, "0.5"},
      {{std::complex<double>(1, -2)}, "1-2j"},
      {text("loss"), "'loss'"},
      {{tensor<float>(DType::float32, {1, 2}, {0.5f, 1.25f})}, "float32 [1, 2] (0.5, 1.25)"},
      {{tensor<float>(DType::float32, {}, {0.5f})}, "float32 [] (0.5)"},
      {{tensor<float>(DType::float32, {0, 3}, {})}, "float32 [0, 3] ()"},
      {list({number(1), text("a")}), "[1, 'a']"},
      {tuple({number(1), list({})}), "(1, [])"},
      {{Dict{{{text("a"), number(1)}, {number(2), {None()}}}}}, "{'a': 1, 2: None}"},
      {{Opaque{"torch.device", "cpu"}}, "torch.device 'cpu'"}};
  for (const auto& [value, words] : cases) EXPECT_EQ(describe(value), words);
}

TEST(Describe, KeepsToOneLine) {
  EXPECT_EQ(describe(text("a\n\t'\\\x01")), R"('a\n\t\'\\\x01')");
}

TEST(Describe, EndsInDotsNearTheLimit) {
  const Value zeros{tensor<float>(DType::float32, {1000}, std::vector<float>(1000))};
  EXPECT_EQ(describe(zeros, 24), "float32 [1000] (0, 0, 0, ...)");
  EXPECT_LT(describe(zeros).size(), 220u);
  EXPECT_LT(describe(list(std::vector<Value>(1000, text("item")))).size(), 220u);
  EXPECT_EQ(describe(text(std::string(1000, 'x')), 5), "'xxxxx...'");
}

TEST(Describe, OfANestedValueStaysNearTheLimit) {
  Value nested = number(0);
  for (int depth = 0; depth < 12; ++depth) nested = list({nested, nested});
  EXPECT_LT(describe(nested).size(), 300u);
}

TEST(Describe, CutsBetweenCharacters) {
  EXPECT_EQ(describe(text("ab\u00e9\u00e9"), 3), "'ab...'");
  EXPECT_EQ(describe(text("ab\u00e9\u00e9"), 4), "'ab\u00e9...'");
}

TEST(CharacterStart, MovesOutOfACharacter) {
  const std::string euro = "x\u20acy";  // one byte, three, one
  const std::vector<std::size_t> starts = {0, 1, 1, 1, 4, 5};
  for (std::size_t at = 0; at < starts.size(); ++at) EXPECT_EQ(character_start(euro, at), starts[at]) << at;
}

}  // namespace
}  // namespace hybugs
