#include "harness/core/difference_map.h"

#include <gmock/gmock.h>

#include <limits>

namespace hybugs {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <typename T>
Tensor tensor(DType dtype, std::vector<std::int64_t> shape, std::vector<T> elements) {
  const auto owner = std::make_shared<std::vector<T>>(std::move(elements));
  return {dtype, std::move(shape), false, reinterpret_cast<const std::byte*>(owner->data()), owner};
}

Tensor doubles(std::vector<std::int64_t> shape, std::vector<double> elements) {
  return tensor(DType::float64, std::move(shape), std::move(elements));
}

TEST(DifferenceMap, HasACellForEachElementOfASmallTensor) {
  const auto map = difference_map(doubles({2, 3}, {1, 2, 3, 4, 5, 6}), doubles({2, 3}, {1, 2, 3, 4, 8, 6}), {0, 1});
  EXPECT_EQ(map.rows, 2);
  EXPECT_EQ(map.columns, 3);
  EXPECT_THAT(map.errors, ElementsAre(0, 0, 0, 0, 0.5, 0)) << "the tolerance is 1 x 6, the largest magnitude";
  EXPECT_EQ(map.elements, 6);
  EXPECT_EQ(map.wrong, 0);
}

TEST(DifferenceMap, ShowsTheWorstElementFirst) {
  const auto map = difference_map(doubles({3}, {0, 1, 0}), doubles({3}, {2, 1, 7}), {0, 1});
  EXPECT_EQ(map.wrong, 2);
  ASSERT_EQ(map.shown.size(), 2U);
  EXPECT_THAT(map.shown[0].place, ElementsAre(2));
  EXPECT_EQ(map.shown[0].expected, "0");
  EXPECT_EQ(map.shown[0].got, "7");
  EXPECT_EQ(map.shown[0].error, 7);
  EXPECT_THAT(map.shown[1].place, ElementsAre(0));
}

TEST(DifferenceMap, ACellOfALargeTensorHasTheLargestErrorWithin) {
  const std::int64_t rows = 10 * kMapRows;
  const std::int64_t columns = 3 * kMapColumns;
  std::vector<double> zeros(static_cast<std::size_t>(rows * columns), 0.0);
  std::vector<double> other = zeros;
  other[0] = 3;
  other.back() = 5;
  const auto map =
      difference_map(doubles({10, kMapRows, columns}, zeros), doubles({10, kMapRows, columns}, other), {0, 1});
  EXPECT_EQ(map.rows, kMapRows);
  EXPECT_EQ(map.columns, kMapColumns);
  EXPECT_EQ(map.errors.front(), 3);
  EXPECT_EQ(map.errors.back(), 5);
  EXPECT_EQ(map.errors[1], 0);
}

TEST(DifferenceMap, WithoutToleranceAnyDifferenceIsInfinite) {
  const auto one = tensor<std::int64_t>(DType::int64, {2}, {1, 2});
  const auto other = tensor<std::int64_t>(DType::int64, {2}, {1, 3});
  EXPECT_THAT(difference_map(one, other, {}).errors, ElementsAre(0, kInfinity));
}

TEST(DifferenceMap, TakesScalarsAndEmptyTensors) {
  const auto scalar = difference_map(doubles({}, {1}), doubles({}, {3}), {0, 1});
  EXPECT_THAT(scalar.errors, ElementsAre(2));
  EXPECT_THAT(scalar.shown[0].place, IsEmpty());
  const auto empty = difference_map(doubles({0, 4}, {}), doubles({0, 4}, {}), {0, 1});
  EXPECT_EQ(empty.rows, 0);
  EXPECT_THAT(empty.errors, Each(0));
}

TEST(ValueAt, FindsWhatADisagreementNames) {
  const Value seven{std::int64_t{7}};
  const Value dict{Dict{{{Value{std::string("loss")}, seven}}}};
  const Value list{Sequence{Sequence::Kind::list, {Value{true}, dict}}};
  std::vector<Value> outputs(11);
  outputs[1] = list;
  outputs[10] = seven;
  const auto number_at = [&](const std::string& path) {
    const Value* found = value_at(outputs, path);
    return found != nullptr && std::holds_alternative<std::int64_t>(found->data);
  };
  EXPECT_TRUE(number_at("output 1[1]['loss']"));
  EXPECT_TRUE(number_at("output 10")) << "not output 1 with a tail";
  EXPECT_EQ(value_at(outputs, "output 1[2]"), nullptr);
  EXPECT_EQ(value_at(outputs, "output 11"), nullptr);
  EXPECT_EQ(value_at(outputs, "input 0"), nullptr);
}

TEST(MapOf, IsThereForValuesOfTensorsOnly) {
  const std::vector<Value> expected = {Value{doubles({2}, {0, 0})}, Value{1.5}};
  const std::vector<Value> actual = {Value{doubles({2}, {0, 9})}, Value{2.5}};
  Disagreement found;
  found.output = "output 0";
  ASSERT_TRUE(map_of(found, expected, actual, CaseSpec{}));
  EXPECT_EQ(map_of(found, expected, actual, CaseSpec{})->wrong, 1);
  found.output = "output 1";
  EXPECT_FALSE(map_of(found, expected, actual, CaseSpec{}));
  found.output = "output 0";
  found.kind = Disagreement::Kind::shape;
  EXPECT_FALSE(map_of(found, expected, actual, CaseSpec{}));
}

}  // namespace
}  // namespace hybugs
