// Statistics of paired times: pure functions.
#pragma once

#include <vector>

#include "harness/core/timing_result.h"

namespace hybugs {

/// 0 for no values.
double median(std::vector<double> values);

/// The median of `ratios` with a distribution-free interval from its order statistics, which holds the true median
/// with at least `confidence` whatever the noise looks like (sign test inverted: Conover, Practical Nonparametric
/// Statistics, 3.2). With too few values for the confidence the interval is 0 to infinity. One look only: an
/// interval that is looked at after every pair alarms too often.
RatioInterval median_interval(std::vector<double> ratios, double confidence);

}  // namespace hybugs
