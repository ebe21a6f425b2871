#include "harness/core/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace hybugs {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;

double load_of(const std::vector<double>& costs, const std::vector<int>& shards, int shard) {
  double load = 0;
  for (std::size_t i = 0; i < costs.size(); ++i) load += shards[i] == shard ? costs[i] : 0;
  return load;
}

double most_loaded(const std::vector<double>& costs, const std::vector<int>& shards, int count) {
  double most = 0;
  for (int shard = 1; shard <= count; ++shard) most = std::max(most, load_of(costs, shards, shard));
  return most;
}

TEST(SpreadOverShards, GivesTheLongestFirst) {
  EXPECT_THAT(spread_over_shards({1, 9, 2, 5, 4}, 2), ElementsAre(2, 1, 1, 2, 2));
}

TEST(SpreadOverShards, CountsUnknownCostsAsTheMedian) {
  EXPECT_THAT(spread_over_shards({0, 0, 0, 0}, 2), ElementsAre(1, 2, 1, 2));
  EXPECT_THAT(spread_over_shards({10, 0, 10}, 2), ElementsAre(1, 2, 1));
}

TEST(CutIntoShards, KeepsNeighboursTogether) {
  EXPECT_THAT(cut_into_shards({1, 1, 1, 1, 1, 1}, 3), ElementsAre(1, 1, 2, 2, 3, 3));
  EXPECT_THAT(cut_into_shards({6, 1, 1, 1, 1, 1, 1}, 2), ElementsAre(1, 2, 2, 2, 2, 2, 2));
}

TEST(Shards, OfNothingOrOfFewerItemsThanShards) {
  EXPECT_THAT(spread_over_shards({}, 3), IsEmpty());
  EXPECT_THAT(cut_into_shards({}, 3), IsEmpty());
  EXPECT_THAT(spread_over_shards({1}, 3), ElementsAre(1));
  EXPECT_THAT(cut_into_shards({1}, 3), ElementsAre(2));
}

TEST(Shards, AreBalancedWithinOneItemForAnyCosts) {
  std::mt19937 random(7);
  std::lognormal_distribution<double> cost(0, 1);
  for (int count : {1, 2, 7, 40}) {
    std::vector<double> costs(500);
    std::generate(costs.begin(), costs.end(), [&] { return cost(random); });
    const double longest = *std::max_element(costs.begin(), costs.end());
    double all = 0;
    for (double one : costs) all += one;
    for (auto* split : {spread_over_shards, cut_into_shards}) {
      const auto shards = split(costs, count);
      EXPECT_THAT(shards, Each(AllOf(Ge(1), Le(count))));
      EXPECT_LE(most_loaded(costs, shards, count), all / count + longest);
    }
  }
}

}  // namespace
}  // namespace hybugs
