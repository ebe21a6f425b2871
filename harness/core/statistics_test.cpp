#include "harness/core/statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

namespace hybugs {
namespace {

TEST(Median, OfNoneOddAndEven) {
  EXPECT_EQ(median({}), 0);
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
}

TEST(SequentialRanks, SpendNoMoreThanTheErrorOverAllLooks) {
  // The chance to be outside at any look, counted by walking over all outcomes of 20 pairs.
  constexpr int kPairs = 20;
  const auto ranks = sequential_ranks(kPairs, 0.05);
  ASSERT_EQ(ranks.size(), kPairs + 1U);
  int outside = 0;
  for (unsigned outcome = 0; outcome < 1U << kPairs; ++outcome) {
    int below = 0;
    bool left = false;
    for (int n = 1; n <= kPairs && !left; ++n) {
      below += static_cast<int>(outcome >> (n - 1) & 1U);
      left = below < ranks[n] || n - below < ranks[n];
    }
    outside += left ? 1 : 0;
  }
  const double chance = outside / std::pow(2.0, kPairs);
  EXPECT_LE(chance, 0.05);
  EXPECT_GT(chance, 0.03);  // and doesn't waste it
}

TEST(SequentialRanks, NeedTwelvePairsAndGetSharper) {
  const auto ranks = sequential_ranks(kMaxPairs, kIntervalError);
  EXPECT_EQ(ranks[11], 0);
  EXPECT_EQ(ranks[12], 1);
  EXPECT_GE(ranks[kMaxPairs], 15);
}

TEST(MedianInterval, IsUnboundedForTooFewValues) {
  const auto interval = median_interval({1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(interval.ratio, 4);
  EXPECT_EQ(interval.low, 0);
  EXPECT_TRUE(std::isinf(interval.high));
  EXPECT_EQ(side_of(interval, 0.5), 0);
  EXPECT_EQ(side_of(RatioInterval{}, 2), 0);  // no pair decides nothing
}

TEST(MedianInterval, TakesTheOrderStatisticsOfTheRank) {
  std::vector<double> values;
  for (int i = 18; i >= 1; --i) values.push_back(i);
  ASSERT_EQ(sequential_ranks(kMaxPairs, kIntervalError)[18], 2);
  const auto interval = median_interval(values);
  EXPECT_EQ(interval.low, 2);
  EXPECT_EQ(interval.high, 17);
  EXPECT_EQ(interval.pairs, 18);
  EXPECT_EQ(side_of(interval, 1.9), 1);
  EXPECT_EQ(side_of(interval, 2), 0);
  EXPECT_EQ(side_of(interval, 17.1), -1);
}

// Whole comparisons on simulated machines: times of A and B in ABBA order until the threshold is decided or the cap
// is reached. Seeds are fixed: nothing here is left to luck.

using Random = std::mt19937_64;

struct Machine {
  const char* name;
  // Log-time of one batch: `position` counts batches since the start, `process` the pair of processes that runs.
  std::function<double(Random&, int position, int process)> log_noise;
};

double student(Random& random, double degrees) {
  return std::student_t_distribution<double>(degrees)(random);
}

std::vector<Machine> machines() {
  return {
      {"normal", [](Random& random, int, int) { return 0.05 * std::normal_distribution<double>()(random); }},
      {"heavy-tailed", [](Random& random, int, int) { return 0.05 * student(random, 2); }},
      {"Cauchy", [](Random& random, int, int) { return 0.05 * student(random, 1); }},
      {"drifting", [](Random& random, int position,
                      int) { return 0.01 * position + 0.05 * std::normal_distribution<double>()(random); }},
      {"bimodal",
       [](Random& random, int, int) {
         const double mode = std::bernoulli_distribution(0.3)(random) ? 0.2 : 0.0;
         return mode + 0.02 * std::normal_distribution<double>()(random);
       }},
      {"interrupted",
       [](Random& random, int, int) {
         const double hit = std::bernoulli_distribution(0.1)(random) ? 1.0 : 0.0;
         return hit * std::exponential_distribution<double>(1)(random) + 0.01 * student(random, 3);
       }},
  };
}

RatioInterval compare(const Machine& machine, Random& random, double true_ratio, double threshold) {
  std::vector<double> ratios;
  RatioInterval interval;
  bool reversed = false;
  while (static_cast<int>(ratios.size()) < kMaxPairs && side_of(interval, threshold) == 0) {
    const int pair = static_cast<int>(ratios.size());
    reversed = pair % 2 == 0 ? std::bernoulli_distribution(0.5)(random) : !reversed;
    const double first = machine.log_noise(random, 2 * pair, pair / 4);
    const double second = machine.log_noise(random, 2 * pair + 1, pair / 4);
    ratios.push_back(true_ratio * std::exp(reversed ? second - first : first - second));
    interval = median_interval(ratios);
  }
  return interval;
}

class Simulation : public ::testing::TestWithParam<Machine> {};

TEST_P(Simulation, NoDifferenceIsTakenForOneInAtMostThreeOfAThousand) {
  constexpr int kComparisons = 10000;
  Random random(1);
  int alarms = 0;
  for (int i = 0; i < kComparisons; ++i) alarms += side_of(compare(GetParam(), random, 1.0, 1.0), 1.0) != 0 ? 1 : 0;
  EXPECT_LE(alarms, 0.003 * kComparisons);
}

TEST_P(Simulation, TheIntervalHoldsTheTrueRatioWhereverItStops) {
  constexpr int kComparisons = 4000;
  Random random(2);
  int missed = 0;
  for (int i = 0; i < kComparisons; ++i) {
    missed += side_of(compare(GetParam(), random, 1.2, 1.1), 1.2) != 0 ? 1 : 0;
  }
  EXPECT_LE(missed, 0.01 * kComparisons);
}

INSTANTIATE_TEST_SUITE_P(Machines, Simulation, ::testing::ValuesIn(machines()), [](const auto& machine) {
  std::string name = machine.param.name;
  name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
  return name;
});

TEST(Power, FindsTenPercentUnderHeavyTailsWithinTheCap) {
  constexpr int kComparisons = 2000;
  Random random(3);
  int found = 0;
  for (int i = 0; i < kComparisons; ++i) {
    found += side_of(compare(machines()[1], random, 1.10, 1.0), 1.0) > 0 ? 1 : 0;
  }
  EXPECT_GE(found, 0.95 * kComparisons);
}

}  // namespace
}  // namespace hybugs
