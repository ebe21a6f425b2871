#include "harness/report/timing_table.h"

#include <gtest/gtest.h>

#include <limits>

#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"

namespace hybugs {
namespace {

TEST(IntervalDrawing, ShowsTheIntervalAgainstTheThreshold) {
  // One column is a tenth of log(2): 1 at column 0, 2 at column 10, 4 at column 20.
  EXPECT_EQ(interval_drawing({4, 2.83, 5.66, 12}, 2, 30), "          |    [====*====]    ");
  EXPECT_EQ(interval_drawing({1.41, 1.32, 1.52, 12}, 2, 30), "    [*]   |                   ");
}

TEST(IntervalDrawing, GoesOnBeyondTheEnds) {
  EXPECT_EQ(interval_drawing({1.5, 0.5, 2, 12}, 2, 30), "<=====*===]                   ");
  EXPECT_EQ(interval_drawing({6, 4, 100, 12}, 2, 30), "          |         [=====*==>");
}

TEST(IntervalDrawing, IsEmptyWithoutAnInterval) {
  EXPECT_EQ(interval_drawing({3, 0, std::numeric_limits<double>::infinity(), 3}, 2, 12), "    |       ");
  EXPECT_EQ(interval_drawing({}, 0, 6), "      ");
}

TEST(TimingTables, AreAsApproved) {
  const auto rows = ratio_rows(example_experiment());
  expect_approved("timing.txt", ratio_table(rows, 140, false) + "\n" + phase_table(rows, 140, false));
}

}  // namespace
}  // namespace hybugs
