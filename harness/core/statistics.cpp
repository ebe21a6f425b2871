#include "harness/core/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hybugs {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const std::size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle] + *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle))) / 2;
}

RatioInterval median_interval(std::vector<double> ratios, double confidence) {
  std::sort(ratios.begin(), ratios.end());
  const int count = static_cast<int>(ratios.size());
  RatioInterval interval{median(ratios), 0, std::numeric_limits<double>::infinity(), count};
  // The median misses [x(k), x(n+1-k)] when fewer than k values lie on one side of it: Binomial(n, 1/2).
  double probability = std::pow(0.5, count);
  double tail = 0;
  for (int below = 0; below < count / 2; ++below) {
    tail += probability;
    if (2 * tail > 1 - confidence) break;
    interval.low = ratios[static_cast<std::size_t>(below)];
    interval.high = ratios[static_cast<std::size_t>(count - 1 - below)];
    probability = probability * (count - below) / (below + 1);
  }
  return interval;
}

}  // namespace hybugs
