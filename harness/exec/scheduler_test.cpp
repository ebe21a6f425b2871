#include "harness/exec/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <vector>

namespace hybugs {
namespace {

TEST(ForEachParallel, DoesEveryItemOnce) {
  std::mutex mutex;
  std::multiset<std::size_t> done;
  std::set<int> threads;
  for_each_parallel(100, 4, {false}, [&](std::size_t item, int thread) {
    const std::lock_guard<std::mutex> lock(mutex);
    done.insert(item);
    threads.insert(thread);
  });
  EXPECT_EQ(done.size(), 100U);
  EXPECT_EQ(std::set<std::size_t>(done.begin(), done.end()).size(), 100U);
  EXPECT_THAT(threads, testing::IsSubsetOf({0, 1, 2, 3}));
}

TEST(ForEachParallel, KeepsTheOrderOnOneThread) {
  std::vector<std::size_t> order;
  for_each_parallel(4, 1, {false}, [&](std::size_t item, int) { order.push_back(item); });
  EXPECT_THAT(order, testing::ElementsAre(0, 1, 2, 3));
}

TEST(ForEachParallel, StartsNothingOnceStopped) {
  std::atomic<bool> stop{false};
  std::vector<std::size_t> done;
  for_each_parallel(100, 1, stop, [&](std::size_t item, int) {
    done.push_back(item);
    stop = item == 2;
  });
  EXPECT_EQ(done.size(), 3U);
}

}  // namespace
}  // namespace hybugs
