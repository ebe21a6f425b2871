// Statistics of paired times: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/core/timing_result.h"

namespace hybugs {

/// Most pairs of one comparison.
inline constexpr int kMaxPairs = 60;

/// How often an interval of a whole comparison may miss the true median, all looks together, both sides together.
/// 99 % are promised; the rest is spare, so that no difference is taken for one in less than 0.3 % of comparisons.
inline constexpr double kIntervalError = 0.002;

/// 0 for no values.
double median(std::vector<double> values);

/// Median slope between all pairs of the second half of `values`, a step each (Theil, 1950; Sen, 1968): warm-up and
/// single jumps don't count.
double later_slope(const std::vector<std::int64_t>& values);

/// Ranks k[n] for n = 0 ... `max_pairs`: the interval from the k[n]-th smallest to the k[n]-th largest of the first n
/// ratios holds the true median for all n at once with probability 1 - `error` or more; 0: n are too few.
///
/// Distribution-free: how many of n independent ratios lie below their median is Binomial(n, 1/2) whatever the noise
/// looks like (sign test inverted: Conover, Practical Nonparametric Statistics, 3.2). Valid under repeated looks: the
/// error is spent as (n / `max_pairs`)^0.8 (Lan, DeMets: Discrete sequential boundaries for clinical trials, Biometrika
/// 70, 1983; the power family of Kim, DeMets, Biometrika 74, 1987), early enough for twelve pairs to decide, and the
/// probability to leave the boundaries for the first time at a look is counted exactly
/// on the lattice of the binomial walk. At most `max_pairs` looks make it narrower than a confidence sequence for all
/// times (Howard, Ramdas: Sequential estimation of quantiles, Bernoulli 28, 2022).
std::vector<int> sequential_ranks(int max_pairs, double error);

/// The median of `ratios` with the interval of sequential_ranks(kMaxPairs, kIntervalError), 0 to infinity where there
/// are too few. May be looked at after every pair. Needs at most kMaxPairs ratios.
RatioInterval median_interval(std::vector<double> ratios);

/// 1: the interval lies wholly above the threshold, -1: below, 0: neither.
int side_of(const RatioInterval& interval, double threshold);

}  // namespace hybugs
