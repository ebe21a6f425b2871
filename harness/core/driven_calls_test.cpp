#include "harness/core/driven_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

TEST(WarmCpu, IsTheLeastOfTheLaterPasses) {
  const DrivenCalls driven = {2, {{1, 0}, {1, 0}, {5, 0}, {-1, 0}, {4, 0}, {-1, 0}, {6, 0}}};
  EXPECT_THAT(warm_cpu(driven), testing::ElementsAre(4, -1));
  EXPECT_THAT(warm_cpu({2, {{1, 0}}}), testing::ElementsAre(-1, -1));
  EXPECT_THAT(warm_cpu({}), testing::IsEmpty());
}

DrivenCalls growing(std::int64_t step, int calls) {
  DrivenCalls driven{4, {}};
  for (int i = 0; i < calls; ++i) driven.all.push_back({1, i < 4 ? 1'000'000 * i : 4'000'000 + step * i});
  return driven;
}

TEST(ResidentGrowth, IsTheSlopeAfterTheWarmUp) {
  EXPECT_DOUBLE_EQ(resident_growth_per_call(growing(4096, 20)), 4096);
  EXPECT_DOUBLE_EQ(resident_growth_per_call(growing(0, 20)), 0);
  EXPECT_DOUBLE_EQ(resident_growth_per_call(growing(4096, 7)), 0);
}

}  // namespace
}  // namespace hybugs
