#include "harness/core/compare.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Kind = Disagreement::Kind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <typename T>
Value tensor(DType dtype, std::vector<std::int64_t> shape, std::vector<T> elements) {
  const auto owner = std::make_shared<std::vector<T>>(std::move(elements));
  return {Tensor{dtype, std::move(shape), false, reinterpret_cast<const std::byte*>(owner->data()), owner}};
}

template <typename T>
Value row(DType dtype, std::vector<T> elements) {
  const auto count = static_cast<std::int64_t>(elements.size());
  return tensor(dtype, {count}, std::move(elements));
}

Value floats(std::vector<float> elements) {
  return row(DType::float32, std::move(elements));
}
Value doubles(std::vector<double> elements) {
  return row(DType::float64, std::move(elements));
}
Value longs(std::vector<std::int64_t> elements) {
  return row(DType::int64, std::move(elements));
}
Value complexes(std::vector<std::complex<double>> elements) {
  return row(DType::complex128, std::move(elements));
}

Value list(std::vector<Value> items) {
  return {Sequence{Sequence::Kind::list, std::move(items)}};
}
Value tuple(std::vector<Value> items) {
  return {Sequence{Sequence::Kind::tuple, std::move(items)}};
}
Value dict(std::vector<std::pair<Value, Value>> items) {
  return {Dict{std::move(items)}};
}
Value text(const std::string& characters) {
  return {characters};
}
Value number(std::int64_t integer) {
  return {integer};
}

CaseSpec spec_with(double rtol, double atol) {
  CaseSpec spec;
  spec.tolerance = Tolerance{rtol, atol};
  return spec;
}

std::optional<Disagreement> compare(const Value& expected, const Value& actual, const CaseSpec& spec = CaseSpec()) {
  return compare_values(expected, actual, spec, "output 0");
}

/// The error of a disagreement of values; 0 for none.
double error(const Value& expected, const Value& actual, const CaseSpec& spec = CaseSpec()) {
  const auto found = compare_values(expected, actual, spec, "output 0", 0);
  if (!found) return 0;
  EXPECT_EQ(found->kind, Kind::value) << found->text();
  return found->error;
}

TEST(DefaultTolerance, IsThatOfTorchTesting) {
  const std::vector<std::tuple<DType, double, double>> expected = {{DType::boolean, 0, 0},
                                                                   {DType::uint8, 0, 0},
                                                                   {DType::int8, 0, 0},
                                                                   {DType::int16, 0, 0},
                                                                   {DType::int32, 0, 0},
                                                                   {DType::int64, 0, 0},
                                                                   {DType::float16, 1e-3, 1e-5},
                                                                   {DType::bfloat16, 1.6e-2, 1e-5},
                                                                   {DType::float32, 1.3e-6, 1e-5},
                                                                   {DType::float64, 1e-7, 1e-7},
                                                                   {DType::complex64, 1.3e-6, 1e-5},
                                                                   {DType::complex128, 1e-7, 1e-7}};
  for (const auto& [dtype, rtol, atol] : expected) {
    EXPECT_EQ(default_tolerance(dtype).rtol, rtol) << dtype_name(dtype);
    EXPECT_EQ(default_tolerance(dtype).atol, atol) << dtype_name(dtype);
  }
}

// Tensors.

TEST(CompareTensors, EqualOnesOfEveryDType) {
  const std::vector<std::byte> bytes(64, std::byte{1});
  for (int dtype = 0; dtype <= static_cast<int>(DType::complex128); ++dtype) {
    const auto copy = std::make_shared<std::vector<std::byte>>(bytes);
    const Tensor one{static_cast<DType>(dtype), {2, 2}, false, bytes.data(), nullptr};
    const Tensor same{static_cast<DType>(dtype), {2, 2}, false, copy->data(), copy};
    EXPECT_FALSE(compare({one}, {same})) << dtype_name(one.dtype);
  }
}

TEST(CompareTensors, ErrorIsAMultipleOfTheTolerance) {
  const CaseSpec spec = spec_with(0.5, 0.25);
  // Element by element: 0.25 * 8 (the largest magnitude) + 0.5 * |expected|.
  EXPECT_DOUBLE_EQ(error(doubles({-8, 0}), doubles({-8, 3})), error(doubles({-8, 0}), doubles({-8, -3})));
  EXPECT_DOUBLE_EQ(error(doubles({-8, 0}), doubles({-8, 3}), spec), 3.0 / 2.0);
  EXPECT_DOUBLE_EQ(error(doubles({-8, 0}), doubles({-5, 0}), spec), 3.0 / 6.0);
  EXPECT_DOUBLE_EQ(error(doubles({-8, 2}), doubles({-8, 8}), spec), 6.0 / 3.0);
}

TEST(CompareTensors, AbsoluteToleranceOfZerosIsUnscaled) {
  EXPECT_DOUBLE_EQ(error(doubles({0, 0}), doubles({0, 3}), spec_with(0, 0.25)), 12.0);
}

TEST(CompareTensors, ScaleIsTheLargestFiniteMagnitudeOfExpected) {
  const CaseSpec spec = spec_with(0, 0.25);
  EXPECT_DOUBLE_EQ(error(doubles({kInfinity, kNaN, 4, 0}), doubles({kInfinity, kNaN, 4, 2}), spec), 2.0);
  EXPECT_DOUBLE_EQ(error(doubles({4, 0}), doubles({100, 0}), spec), 96.0);
}

TEST(CompareTensors, AgreesUpToTheLimit) {
  const Value expected = doubles({8, 0});
  const Value actual = doubles({8, 2});  // just the tolerance
  const CaseSpec spec = spec_with(0, 0.25);
  EXPECT_FALSE(compare_values(expected, actual, spec, "", 1.0));
  EXPECT_TRUE(compare_values(expected, actual, spec, "", 0.99));
  EXPECT_TRUE(compare_values(expected, actual, spec, "", 0.1));
  EXPECT_FALSE(compare_values(expected, actual, spec, "", 1.5));
  EXPECT_FALSE(compare_values(expected, expected, spec, "", 0));
}

TEST(CompareTensors, ReportsTheLargestErrorWithItsPlace) {
  const auto found = compare(tensor<float>(DType::float32, {2, 3}, {1, 2, 3, 4, 5, 6}),
                             tensor<float>(DType::float32, {2, 3}, {1, 2.5f, 3, 4, 5, -6}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::value);
  EXPECT_EQ(found->expected, "6 at [1, 2]");
  EXPECT_EQ(found->got, "-6 at [1, 2]");
  EXPECT_NEAR(found->error, 12 / (1e-5 * 6 + 1.3e-6 * 6), 1e-6);
}

TEST(CompareTensors, FindsTheLargestOfErrorsThatAreClose) {
  const CaseSpec spec = spec_with(0.5, 0.5);
  const auto found = compare(doubles({1, 1, 1, 1, 1}), doubles({3, 3.5, 4, 4, 3.75}), spec);
  ASSERT_TRUE(found);
  EXPECT_DOUBLE_EQ(found->error, 3);
  EXPECT_EQ(found->got, "4 at [2]");  // the first of equals
  // 2.5, 3 and 2.9 from 0, in other directions.
  const auto turned = compare(complexes({0, 0, 0}), complexes({{1.5, 2}, {3, 0}, {2, 2.1}}), spec_with(0, 1));
  ASSERT_TRUE(turned);
  EXPECT_DOUBLE_EQ(turned->error, 3);
  EXPECT_EQ(turned->got, "3+0j at [1]");
  // Errors of 1.5 and 1.75, each next to its own magnitude.
  EXPECT_DOUBLE_EQ(error(complexes({{4, 3}, {3, 4}}), complexes({{4, 10.5}, {10, 9.25}}), spec),
                   std::hypot(7, 5.25) / 5);
}

TEST(CompareTensors, WithoutDimensionsHaveNoPlace) {
  const auto found = compare(tensor<float>(DType::float32, {}, {1}), tensor<float>(DType::float32, {}, {2}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->expected, "1");
  EXPECT_EQ(found->got, "2");
}

TEST(CompareTensors, EmptyOnesAgree) {
  EXPECT_FALSE(compare(floats({}), floats({})));
  EXPECT_FALSE(compare({Tensor{DType::float32, {0, 3}, false, nullptr, nullptr}},
                       {Tensor{DType::float32, {0, 3}, false, nullptr, nullptr}}));
}

TEST(CompareTensors, SignedZerosAreEqual) {
  EXPECT_FALSE(compare_values(floats({-0.0f}), floats({0.0f}), spec_with(0, 0), "", 0));
  EXPECT_FALSE(compare_values(complexes({{0.0, -0.0}}), complexes({{-0.0, 0.0}}), spec_with(0, 0), "", 0));
}

TEST(CompareTensors, NaNIsEqualToNaNInItsPlaceOnly) {
  const double other_nan = -std::nan("7");  // other bits
  EXPECT_FALSE(compare(doubles({kNaN, 1}), doubles({other_nan, 1})));
  EXPECT_EQ(error(doubles({kNaN, 1}), doubles({1, kNaN})), kInfinity);
  EXPECT_EQ(error(doubles({kNaN}), doubles({1})), kInfinity);
  EXPECT_EQ(error(doubles({1}), doubles({kNaN})), kInfinity);
  EXPECT_EQ(error(doubles({kInfinity}), doubles({kNaN})), kInfinity);
  EXPECT_EQ(error(doubles({kNaN}), doubles({kInfinity})), kInfinity);
}

TEST(CompareTensors, InfinityIsEqualToItselfOnly) {
  EXPECT_FALSE(compare(doubles({kInfinity, -kInfinity, 1}), doubles({kInfinity, -kInfinity, 1 + 1e-9})));
  EXPECT_EQ(error(doubles({kInfinity}), doubles({-kInfinity})), kInfinity);
  EXPECT_EQ(error(doubles({kInfinity}), doubles({1e308})), kInfinity);
  EXPECT_EQ(error(doubles({1e308}), doubles({kInfinity})), kInfinity);
  EXPECT_EQ(error(doubles({kInfinity}), doubles({1}), spec_with(0, 1)), kInfinity);
}

TEST(CompareTensors, WithoutToleranceEveryDifferenceIsInfinite) {
  EXPECT_EQ(error(doubles({1}), doubles({1 + 1e-15}), spec_with(0, 0)), kInfinity);
  EXPECT_EQ(error(complexes({1}), complexes({1 + 1e-15}), spec_with(0, 0)), kInfinity);
}

TEST(CompareTensors, AnInfiniteErrorShowsItsFirstElement) {
  const auto found = compare(doubles({1, kNaN, kNaN}), doubles({100, 2, 3}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->expected, "nan at [1]");
  EXPECT_EQ(found->got, "2 at [1]");
}

TEST(CompareTensors, IntegersAndBoolsAreExactWhateverTheTolerance) {
  const CaseSpec loose = spec_with(1, 1);
  const std::vector<std::pair<Value, Value>> pairs = {
      {row<std::uint8_t>(DType::boolean, {1, 1}), row<std::uint8_t>(DType::boolean, {1, 0})},
      {row<std::uint8_t>(DType::uint8, {7, 200}), row<std::uint8_t>(DType::uint8, {7, 201})},
      {row<std::int8_t>(DType::int8, {7, -1}), row<std::int8_t>(DType::int8, {7, -2})},
      {row<std::int16_t>(DType::int16, {7, -1}), row<std::int16_t>(DType::int16, {7, -2})},
      {row<std::int32_t>(DType::int32, {7, -1}), row<std::int32_t>(DType::int32, {7, -2})},
      {longs({7, 9007199254740992}), longs({7, 9007199254740993})}};
  for (const auto& [expected, actual] : pairs) {
    const auto found = compare(expected, actual, loose);
    ASSERT_TRUE(found) << describe(expected);
    EXPECT_EQ(found->error, kInfinity);
    EXPECT_THAT(found->expected, HasSubstr(" at [1]"));
  }
}

TEST(CompareTensors, BoolsAreTrueWhateverTheirBits) {
  EXPECT_FALSE(compare(row<std::uint8_t>(DType::boolean, {1}), row<std::uint8_t>(DType::boolean, {255})));
}

TEST(CompareTensors, EachDTypeHasItsTolerance) {
  // 1 against the next number that the dtype has: far less than the tolerance. And against 1.125: far more.
  const std::vector<std::tuple<Value, Value, Value>> cases = {
      {row<std::uint16_t>(DType::float16, {0x3c00}), row<std::uint16_t>(DType::float16, {0x3c01}),
       row<std::uint16_t>(DType::float16, {0x3c80})},
      {row<std::uint16_t>(DType::bfloat16, {0x3f80}), row<std::uint16_t>(DType::bfloat16, {0x3f81}),
       row<std::uint16_t>(DType::bfloat16, {0x3f90})},
      {floats({1}), floats({1.0000001f}), floats({1.125f})},
      {doubles({1}), doubles({1.0000000000000002}), doubles({1.125})},
      {row<std::complex<float>>(DType::complex64, {{1, 1}}),
       row<std::complex<float>>(DType::complex64, {{1, 1.0000001f}}),
       row<std::complex<float>>(DType::complex64, {{1, 1.125f}})},
      {complexes({{1, 1}}), complexes({{1, 1.0000000000000002}}), complexes({{1, 1.125}})}};
  for (const auto& [expected, near, far] : cases) {
    EXPECT_FALSE(compare(expected, near)) << describe(expected);
    EXPECT_TRUE(compare(expected, far)) << describe(expected);
  }
}

TEST(CompareTensors, ComplexNumbersDifferByTheirModulus) {
  const CaseSpec spec = spec_with(0.5, 0.5);
  // |3+4i| = 5, and so is the scale and the magnitude of the only element.
  EXPECT_DOUBLE_EQ(error(complexes({{3, 4}}), complexes({{6, 8}}), spec), 1.0);
  EXPECT_DOUBLE_EQ(error(complexes({{3, 4}}), complexes({{3, 14}}), spec), 2.0);
}

TEST(CompareTensors, PartsOfComplexNumbersThatAreTheSameNaNDontCount) {
  EXPECT_FALSE(compare(complexes({{kNaN, 1}}), complexes({{kNaN, 1 + 1e-12}})));
  EXPECT_FALSE(compare(complexes({{-kInfinity, kNaN}}), complexes({{-kInfinity, kNaN}})));
  EXPECT_FALSE(compare(complexes({{1, kInfinity}}), complexes({{1 + 1e-12, kInfinity}})));
  EXPECT_TRUE(compare(complexes({{kNaN, 1}}), complexes({{kNaN, 2}})));
  EXPECT_EQ(error(complexes({{kNaN, 1}}), complexes({{1, kNaN}})), kInfinity);
  EXPECT_EQ(error(complexes({{kNaN, 1}}), complexes({{0, 1}})), kInfinity);
  EXPECT_EQ(error(complexes({{0, 1}}), complexes({{0, kInfinity}})), kInfinity);
  EXPECT_EQ(error(complexes({{kInfinity, 1}}), complexes({{-kInfinity, 1}})), kInfinity);
}

TEST(CompareTensors, MayLieAtAnyAddress) {
  std::array<std::byte, 18> frame{};
  const double one = 1;
  std::memcpy(frame.data() + 1, &one, sizeof(one));
  const Tensor odd{DType::float64, {2}, false, frame.data() + 1, nullptr};
  EXPECT_FALSE(compare({odd}, doubles({1, 0})));
  EXPECT_TRUE(compare({odd}, doubles({1, 1})));
}

TEST(CompareTensors, ShapeDTypeAndType) {
  const Value expected = tensor<float>(DType::float32, {2, 1}, {1, 2});
  const std::vector<std::tuple<Value, Kind, std::string>> cases = {
      {tensor<float>(DType::float32, {1, 2}, {1, 2}), Kind::shape, "Tensor float32 [1, 2]"},
      {tensor<double>(DType::float64, {2, 1}, {1, 2}), Kind::dtype, "Tensor float64 [2, 1]"},
      {{1.0}, Kind::type, "float"}};
  for (const auto& [actual, kind, words] : cases) {
    const auto found = compare(expected, actual);
    ASSERT_TRUE(found) << words;
    EXPECT_EQ(found->kind, kind);
    EXPECT_EQ(found->expected, "Tensor float32 [2, 1]");
    EXPECT_EQ(found->got, words);
  }
}

TEST(CompareTensors, GradientIsComparedWhereAsked) {
  const Value expected = floats({1});
  Value actual = floats({1});
  std::get<Tensor>(actual.data).requires_grad = true;
  CaseSpec spec;
  EXPECT_FALSE(compare(expected, actual, spec));
  spec.compare.requires_grad = true;
  const auto found = compare(expected, actual, spec);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text(), "call 0, output 0: other requires_grad, expected false, got true");
}

// Other values.

TEST(CompareValues, EqualOnes) {
  const std::vector<Value> values = {{None()},
                                     {true},
                                     number(3),
                                     {0.5},
                                     {kNaN},
                                     {std::complex<double>(1, kNaN)},
                                     text("text"),
                                     {Opaque{"torch.device", "cpu"}},
                                     list({}),
                                     tuple({number(1), list({text("a")})}),
                                     dict({{text("a"), floats({1, 2})}})};
  for (const Value& value : values) EXPECT_FALSE(compare_values(value, value, CaseSpec(), "", 0)) << describe(value);
}

TEST(CompareValues, OtherTypes) {
  const std::vector<Value> values = {{None()},
                                     {true},
                                     number(1),
                                     {1.0},
                                     {std::complex<double>(1)},
                                     text("1"),
                                     floats({1}),
                                     list({number(1)}),
                                     tuple({number(1)}),
                                     dict({{number(0), number(1)}}),
                                     {Opaque{"int", "1"}}};
  for (const Value& expected : values) {
    for (const Value& actual : values) {
      if (&expected == &actual) continue;
      const auto found = compare(expected, actual);
      ASSERT_TRUE(found) << describe(expected) << " and " << describe(actual);
      EXPECT_EQ(found->kind, Kind::type);
      EXPECT_EQ(found->expected, describe_type(expected));
      EXPECT_EQ(found->got, describe_type(actual));
    }
  }
}

TEST(CompareValues, OtherContents) {
  const std::vector<std::tuple<Value, Value, std::string, std::string>> cases = {
      {{true}, {false}, "true", "false"},
      {number(3), number(4), "3", "4"},
      {text("a"), text("b"), "'a'", "'b'"},
      {text("a"), text("ab"), "'a'", "'ab'"},
      {{Opaque{"torch.device", "cpu"}}, {Opaque{"torch.device", "cuda"}}, "torch.device 'cpu'", "torch.device 'cuda'"}};
  for (const auto& [expected, actual, expected_text, actual_text] : cases) {
    const auto found = compare(expected, actual, spec_with(1, 1));
    ASSERT_TRUE(found) << expected_text;
    EXPECT_EQ(found->kind, Kind::value);
    EXPECT_EQ(found->error, kInfinity);
    EXPECT_EQ(found->expected, expected_text);
    EXPECT_EQ(found->got, actual_text);
  }
}

TEST(CompareValues, OtherTypesOfObjects) {
  const auto found = compare({Opaque{"torch.device", "cpu"}}, {Opaque{"torch.dtype", "cpu"}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::type);
}

TEST(CompareValues, NumbersHaveTheToleranceOfFloat64) {
  EXPECT_FALSE(compare({100.0}, {100.0 + 1e-5}));
  EXPECT_TRUE(compare({100.0}, {100.0 + 3e-5}));
  EXPECT_DOUBLE_EQ(error({4.0}, {6.0}, spec_with(0.25, 0.25)), 1.0);
  EXPECT_DOUBLE_EQ(error({std::complex<double>(3, 4)}, {std::complex<double>(3, 9)}, spec_with(0.5, 0.5)), 1.0);
  EXPECT_EQ(error({kInfinity}, {-kInfinity}), kInfinity);
}

TEST(CompareValues, LongTextsShowWhatDiffers) {
  const std::string same(500, 'x');
  const auto found = compare(text(same + "one"), text(same + "two"));
  ASSERT_TRUE(found);
  EXPECT_THAT(found->expected, HasSubstr("xone' from byte 470 on"));
  EXPECT_THAT(found->got, HasSubstr("xtwo' from byte 470 on"));
}

TEST(CompareSequences, OtherCounts) {
  const auto found = compare(list({number(1)}), list({number(1), number(2)}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::count);
  EXPECT_EQ(found->expected, "list of 1");
  EXPECT_EQ(found->got, "list of 2");
}

TEST(CompareSequences, ListAndTupleAreOtherTypes) {
  const auto found = compare(list({number(1)}), tuple({number(1)}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::type);
  EXPECT_EQ(found->got, "tuple of 1");
}

TEST(CompareSequences, TheLargestErrorOfAllItemsIsReported) {
  const auto found = compare(list({{1.0}, floats({1, 1}), {1.0}}), list({{1.1}, floats({1, 5}), {1.2}}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->output, "output 0[2]");  // 0.2 of 2e-7; float32 allows 1.13e-5
  EXPECT_EQ(found->got, "1.2");
}

TEST(CompareSequences, TheFirstOfEqualErrorsIsReported) {
  const auto found = compare(list({{1.0}, {1.0}}), list({{2.0}, {2.0}}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->output, "output 0[0]");
}

TEST(CompareSequences, WhatNoNumberSaysIsReportedBeforeErrors) {
  const auto found = compare(list({{1.0}, number(1), text("a")}), list({{2.0}, number(2), text("b")}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->output, "output 0[1]");  // the first of them
}

TEST(CompareDicts, OrderOfKeysDoesntMatter) {
  EXPECT_FALSE(compare(dict({{text("a"), number(1)}, {number(2), number(3)}}),
                       dict({{number(2), number(3)}, {text("a"), number(1)}})));
}

TEST(CompareDicts, KeysAreMatchedByValueAndType) {
  const std::vector<Value> keys = {number(1),  {1.0},      text("1"), {true}, {std::complex<double>(1)},
                                   longs({1}), floats({1})};
  for (const Value& key : keys) {
    for (const Value& other : keys) {
      EXPECT_EQ(compare(dict({{key, {None()}}}), dict({{other, {None()}}})).has_value(), &key != &other)
          << describe_type(key) << ' ' << describe_type(other);
    }
  }
  EXPECT_TRUE(compare(dict({{{1.0}, {None()}}}), dict({{{1.0 + 1e-15}, {None()}}})));
}

TEST(CompareDicts, LongKeysAreMatchedToTheirEnd) {
  const std::string same(1000, 'x');
  EXPECT_TRUE(compare(dict({{text(same + "1"), {None()}}}), dict({{text(same + "2"), {None()}}})));
}

TEST(CompareDicts, OtherKeys) {
  const Value expected = dict({{text("a"), number(1)}, {text("b"), number(2)}});
  const std::vector<std::pair<Value, std::string>> cases = {
      {dict({{text("a"), number(1)}}), "keys ['a']"},
      {dict({{text("a"), number(1)}, {text("c"), number(2)}}), "keys ['a', 'c']"},
      {dict({{text("a"), number(1)}, {text("b"), number(2)}, {text("c"), number(2)}}), "keys ['a', 'b', 'c']"}};
  for (const auto& [actual, words] : cases) {
    const auto found = compare(expected, actual);
    ASSERT_TRUE(found) << words;
    EXPECT_EQ(found->kind, Kind::count);
    EXPECT_EQ(found->expected, "keys ['a', 'b']");
    EXPECT_EQ(found->got, words);
  }
}

TEST(CompareValues, PathLeadsToTheDisagreement) {
  const Value expected = list({number(0), number(1), dict({{number(7), {None()}}, {text("loss"), {0.5}}})});
  const Value actual = list({number(0), number(1), dict({{text("loss"), {0.75}}, {number(7), {None()}}})});
  const auto found = compare_values(expected, actual, CaseSpec(), "output 1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->output, "output 1[2]['loss']");
}

// Trials.

Thrown thrown(const std::string& message) {
  return {"c10::Error", message};
}

CallRecord returned(std::vector<Value> outputs) {
  CallRecord call;
  call.outputs = std::move(outputs);
  return call;
}

CallRecord threw(const std::string& message) {
  CallRecord call;
  call.thrown = thrown(message);
  return call;
}

TrialRecord completed(std::vector<CallRecord> calls) {
  TrialRecord trial;
  trial.outcome = Outcome::completed;
  trial.constructed = true;
  trial.scenario_size = static_cast<int>(calls.size());
  trial.calls = std::move(calls);
  return trial;
}

TrialRecord ended(Outcome outcome, std::vector<CallRecord> calls) {
  TrialRecord trial = completed(std::move(calls));
  trial.outcome = outcome;
  return trial;
}

TrialRecord threw_in_constructor(const std::string& message) {
  TrialRecord trial;
  trial.outcome = Outcome::threw;
  trial.construct = thrown(message);
  return trial;
}

const TrialRecord& three_calls() {
  static const TrialRecord trial =
      completed({returned({number(0)}), returned({number(1), floats({1, 2})}), returned({number(2)})});
  return trial;
}

TEST(FirstDisagreement, IsNoneBetweenEqualTrials) {
  EXPECT_FALSE(first_disagreement(three_calls(), three_calls(), CaseSpec()));
  EXPECT_FALSE(first_trouble(three_calls(), three_calls(), CaseSpec()));
}

TEST(FirstDisagreement, IsTheFirstCallAndOutputThatDiffers) {
  TrialRecord actual = three_calls();
  actual.calls[1].outputs[1] = floats({1, 3});
  actual.calls[2].outputs[0] = number(7);
  const auto found = first_disagreement(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->call, 1);
  EXPECT_EQ(found->output, "output 1");
  EXPECT_EQ(found->output_index, 1);
  EXPECT_EQ(found->text(), "call 1, output 1: error 4.42e+04 x tolerance, expected 2 at [1], got 3 at [1]");
}

TEST(FirstDisagreement, KeepsToTheLimit) {
  TrialRecord actual = three_calls();
  actual.calls[1].outputs[1] = floats({1, 2.0000055f});  // a quarter of the tolerance
  EXPECT_FALSE(first_disagreement(three_calls(), actual, CaseSpec(), 1.0));
  EXPECT_TRUE(first_disagreement(three_calls(), actual, CaseSpec(), 0.1));
}

TEST(FirstDisagreement, OtherNumberOfOutputs) {
  TrialRecord actual = three_calls();
  actual.calls[1].outputs.pop_back();
  const auto found = first_disagreement(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::count);
  EXPECT_EQ(found->text(), "call 1: other count, expected 2 outputs, got 1 outputs");
}

TEST(FirstDisagreement, InputsAreComparedWhereAsked) {
  TrialRecord eager = three_calls();
  TrialRecord actual = three_calls();
  eager.calls[1].inputs = {number(1), number(2)};
  actual.calls[1].inputs = {number(1), number(3)};
  CaseSpec spec;
  EXPECT_FALSE(first_disagreement(eager, actual, spec));
  spec.compare.inputs = true;
  const auto found = first_disagreement(eager, actual, spec);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->output_index, -1);
  EXPECT_EQ(found->text(), "call 1, input 1: expected 2, got 3");
}

TEST(FirstDisagreement, ThrewWhereEagerReturned) {
  TrialRecord actual = three_calls();
  actual.calls[1] = threw("Sizes of tensors must match\nframe #0");
  const auto found = first_disagreement(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::exception);
  EXPECT_EQ(found->message, "Sizes of tensors must match\nframe #0");
  EXPECT_EQ(found->text(), "call 1: threw c10::Error: Sizes of tensors must match, eager returned");
}

TEST(FirstDisagreement, ReturnedWhereEagerThrew) {
  TrialRecord eager = three_calls();
  eager.calls[1] = threw("empty batch");
  const auto found = first_disagreement(eager, three_calls(), CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::no_exception);
  EXPECT_EQ(found->error, kInfinity);
  EXPECT_EQ(found->text(), "call 1: returned, eager threw c10::Error: empty batch");
}

TEST(FirstDisagreement, AnyMessageIsAcceptedWithoutAPattern) {
  EXPECT_FALSE(first_disagreement(completed({threw("one")}), completed({threw("two")}), CaseSpec()));
}

TEST(FirstDisagreement, MessagesHaveToMatchThePattern) {
  CaseSpec spec;
  spec.compare.message = "empty (batch|list)";
  EXPECT_FALSE(first_disagreement(completed({threw("one")}), completed({threw("an empty list.")}), spec));
  const auto found = first_disagreement(completed({threw("one")}), completed({threw("two")}), spec);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::message);
  EXPECT_EQ(found->text(), "call 0: threw c10::Error: two, eager threw c10::Error: one");
}

TEST(FirstDisagreement, TheReasonOfATracebackIsShown) {
  const std::string message =
      "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript:\n  File x\n"
      "RuntimeError: The following operation failed\nTraceback\nRuntimeError: Sizes must match\n";
  const auto found = first_disagreement(completed({returned({})}), completed({threw(message)}), CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_THAT(found->text(), HasSubstr("threw c10::Error: RuntimeError: Sizes must match, eager"));
}

TEST(FirstDisagreement, TextIsOneLineHoweverLongTheMessage) {
  for (const std::string& message : std::vector<std::string>{std::string(8000, 'x'), "\n\n first\nsecond", ""}) {
    const auto found = first_disagreement(completed({returned({})}), completed({threw(message)}), CaseSpec());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text().find('\n'), std::string::npos);
    EXPECT_LT(found->text().size(), 400u);
    EXPECT_EQ(found->message, message);
  }
}

TEST(FirstDisagreement, ConstructorsComeFirst) {
  const auto threw_only_here = first_disagreement(three_calls(), threw_in_constructor("no"), CaseSpec());
  ASSERT_TRUE(threw_only_here);
  EXPECT_EQ(threw_only_here->kind, Kind::exception);
  EXPECT_EQ(threw_only_here->call, kConstruct);
  EXPECT_EQ(threw_only_here->message, "no");
  EXPECT_EQ(threw_only_here->text(), "construct: threw c10::Error: no, eager returned");
  const auto threw_only_eager = first_disagreement(threw_in_constructor("no"), three_calls(), CaseSpec());
  ASSERT_TRUE(threw_only_eager);
  EXPECT_EQ(threw_only_eager->kind, Kind::no_exception);
  EXPECT_EQ(threw_only_eager->call, kConstruct);
  EXPECT_FALSE(first_disagreement(threw_in_constructor("one"), threw_in_constructor("two"), CaseSpec()));
}

struct EndingCase {
  Outcome outcome;
  Kind kind;
  std::string words;
};

TEST(FirstDisagreement, TrialsThatEndedEarly) {
  for (const auto& [outcome, kind, words] :
       {EndingCase{Outcome::crashed, Kind::crash, "crashed by SIGFPE"},
        EndingCase{Outcome::timed_out, Kind::hang, "ran into the time limit"},
        EndingCase{Outcome::out_of_memory, Kind::out_of_memory, "exceeded the memory limit"},
        EndingCase{Outcome::harness_error, Kind::missing, "ended by a failure of the harness"},
        EndingCase{Outcome::completed, Kind::missing, "completed 2 calls"}}) {
    TrialRecord actual = ended(outcome, {three_calls().calls[0], three_calls().calls[1]});
    actual.signal = 8;
    const auto found = first_disagreement(three_calls(), actual, CaseSpec());
    ASSERT_TRUE(found) << words;
    EXPECT_EQ(found->kind, kind) << words;
    EXPECT_EQ(found->call, 2);
    EXPECT_EQ(found->output, "");
    EXPECT_EQ(found->text(), "call 2: " + words + ", eager returned");
  }
}

TEST(FirstDisagreement, OtherValuesComeBeforeAnEarlyEnd) {
  const TrialRecord actual = ended(Outcome::crashed, {returned({number(7)})});
  const auto found = first_disagreement(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::value);
}

TEST(FirstDisagreement, CrashesBeforeTheFirstCallEnds) {
  TrialRecord actual = ended(Outcome::crashed, {});
  EXPECT_EQ(first_disagreement(three_calls(), actual, CaseSpec())->call, 0);
  actual.constructed = false;
  EXPECT_EQ(first_disagreement(three_calls(), actual, CaseSpec())->call, kConstruct);
}

TEST(FirstDisagreement, CrashesAfterTheLastCallEnded) {
  const TrialRecord actual = ended(Outcome::crashed, three_calls().calls);
  const auto found = first_disagreement(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::crash);
  EXPECT_EQ(found->call, 3);
  EXPECT_THAT(found->text(), HasSubstr("eager completed 3 calls"));
}

TEST(FirstDisagreement, MoreCallsThanEager) {
  EXPECT_TRUE(first_disagreement(completed({returned({})}), completed({returned({}), returned({})}), CaseSpec()));
}

TEST(FirstTrouble, TeardownCountsAsACallAfterTheLast) {
  TrialRecord actual = three_calls();
  actual.teardown = Teardown::crashed;
  actual.signal = 11;
  EXPECT_FALSE(first_disagreement(three_calls(), actual, CaseSpec()));
  auto found = first_trouble(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::crash);
  EXPECT_EQ(found->call, 3);
  EXPECT_EQ(found->text(), "call 3: crashed by SIGSEGV after the last call, eager completed 3 calls");
  actual.teardown = Teardown::timed_out;
  found = first_trouble(three_calls(), actual, CaseSpec());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, Kind::hang);
}

TEST(FirstTrouble, TeardownAsOfEagerIsNone) {
  TrialRecord actual = three_calls();
  actual.teardown = Teardown::crashed;
  EXPECT_FALSE(first_trouble(actual, actual, CaseSpec()));
  EXPECT_FALSE(first_trouble(actual, three_calls(), CaseSpec()));
}

TEST(FirstTrouble, DisagreementsComeFirst) {
  TrialRecord actual = three_calls();
  actual.calls[0].outputs[0] = number(7);
  actual.teardown = Teardown::crashed;
  EXPECT_EQ(first_trouble(three_calls(), actual, CaseSpec())->call, 0);
}

TEST(LargestError, IsThatOfAllOutputsOfAllCalls) {
  const TrialRecord eager = completed({returned({{1.0}, {1.0}}), returned({{1.0}})});
  const TrialRecord actual = completed({returned({{1.5}, {1.125}}), returned({{1.25}})});
  EXPECT_DOUBLE_EQ(largest_error(eager, actual, spec_with(0, 1)), 0.5);
  EXPECT_EQ(largest_error(eager, eager, CaseSpec()), 0);
}

TEST(LargestError, CountsInputsWhereAsked) {
  TrialRecord eager = completed({returned({{1.0}})});
  TrialRecord actual = eager;
  eager.calls[0].inputs = {{1.0}};
  actual.calls[0].inputs = {{1.5}};
  CaseSpec spec = spec_with(0, 1);
  EXPECT_EQ(largest_error(eager, actual, spec), 0);
  spec.compare.inputs = true;
  EXPECT_DOUBLE_EQ(largest_error(eager, actual, spec), 0.5);
}

TEST(LargestError, IsInfiniteForOtherCounts) {
  EXPECT_EQ(largest_error(completed({returned({{1.0}})}), completed({returned({})}), CaseSpec()), kInfinity);
}

TEST(EndingText, SaysHowATrialEnded) {
  TrialRecord trial = three_calls();
  EXPECT_EQ(ending_text(trial), "completed 3 calls");
  trial.outcome = Outcome::crashed;
  EXPECT_EQ(ending_text(trial), "stopped answering");
  trial.signal = 11;
  EXPECT_EQ(ending_text(trial), "crashed by SIGSEGV");
  trial.signal = 1000;
  EXPECT_EQ(ending_text(trial), "crashed by signal 1000");
  trial.signal = 0;
  trial.exit_code = 3;
  EXPECT_EQ(ending_text(trial), "left with exit code 3");
  EXPECT_EQ(ending_text(threw_in_constructor("no")), "threw c10::Error: no");
  EXPECT_EQ(ending_text(ended(Outcome::threw, {})), "threw before the first call");
}

TEST(EndingText, NamesWhatIsNoException) {
  TrialRecord trial = threw_in_constructor("");
  trial.construct->type.clear();
  EXPECT_EQ(ending_text(trial), "threw what is no std::exception");
}

TEST(Disagreement, KindsHaveNames) {
  const std::vector<std::string> names = {"value",         "shape",         "dtype",        "type",    "count",
                                          "requires_grad", "exception",     "no_exception", "message", "crash",
                                          "hang",          "out_of_memory", "missing"};
  for (std::size_t kind = 0; kind < names.size(); ++kind) EXPECT_EQ(kind_name(static_cast<Kind>(kind)), names[kind]);
}

TEST(Disagreement, WrongResultsAreWhatCameBack) {
  for (const Kind kind :
       {Kind::value, Kind::shape, Kind::dtype, Kind::type, Kind::count, Kind::requires_grad, Kind::no_exception}) {
    EXPECT_TRUE(is_wrong_result(kind)) << kind_name(kind);
  }
  for (const Kind kind :
       {Kind::exception, Kind::message, Kind::crash, Kind::hang, Kind::out_of_memory, Kind::missing}) {
    EXPECT_FALSE(is_wrong_result(kind)) << kind_name(kind);
  }
}

TEST(Disagreement, TextOfAValue) {
  Disagreement found;
  found.call = 2;
  found.output = "output 0";
  found.error = 2.3e5;
  found.expected = "-0.17";
  found.got = "-10.98";
  EXPECT_EQ(found.text(), "call 2, output 0: error 2.3e+05 x tolerance, expected -0.17, got -10.98");
  found.error = kInfinity;
  EXPECT_EQ(found.text(), "call 2, output 0: expected -0.17, got -10.98");
  found.kind = Kind::shape;
  EXPECT_THAT(found.text(), StartsWith("call 2, output 0: other shape, expected"));
}

}  // namespace
}  // namespace hybugs
