#include "harness/core/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace hybugs {
namespace {

TEST(Median, OfNoneOddAndEven) {
  EXPECT_EQ(median({}), 0);
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
}

TEST(MedianInterval, IsUnboundedForTooFewValues) {
  const auto interval = median_interval({1, 2, 3, 4, 5, 6, 7}, 0.99);  // 2 * 2^-7 > 0.01
  EXPECT_EQ(interval.ratio, 4);
  EXPECT_EQ(interval.low, 0);
  EXPECT_TRUE(std::isinf(interval.high));
}

TEST(MedianInterval, TakesTheOrderStatisticsOfTheSignTest) {
  std::vector<double> values;
  for (int i = 1; i <= 16; ++i) values.push_back(i);
  const auto interval = median_interval(values, 0.99);  // 2 * P(Binomial(16, 1/2) <= 2) = 0.0042
  EXPECT_EQ(interval.low, 3);
  EXPECT_EQ(interval.high, 14);
  EXPECT_EQ(interval.pairs, 16);
}

TEST(MedianInterval, CoversTheMedianUnderHeavyTails) {
  std::mt19937 random(1);
  std::cauchy_distribution<double> noise(2.0, 0.3);
  int missed = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    std::vector<double> values(16);
    for (double& value : values) value = noise(random);
    const auto interval = median_interval(values, 0.99);
    missed += interval.low > 2.0 || interval.high < 2.0;
  }
  EXPECT_LE(missed, 40);  // 0.42 % expected
}

}  // namespace
}  // namespace hybugs
