#include "harness/core/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hybugs {
namespace {

constexpr double kSpendingPower = 0.8;

/// How many of the ratios so far lie below the true median, as probabilities of the comparisons whose intervals have
/// held it at all looks so far.
class BinomialWalk {
 public:
  void step() {
    std::vector<double> next(alive_.size() + 1, 0.0);
    for (std::size_t below = 0; below < alive_.size(); ++below) {
      next[below] += alive_[below] / 2;
      next[below + 1] += alive_[below] / 2;
    }
    alive_ = std::move(next);
  }

  /// What the interval of rank `rank` would lose: the walks with fewer than `rank` ratios on one side of the median.
  double loss(int rank) const {
    double lost = 0;
    for (int below = 0; below < rank; ++below) lost += 2 * alive_[static_cast<std::size_t>(below)];
    return lost;
  }

  void lose(int rank) {
    for (int below = 0; below < rank; ++below) {
      alive_[static_cast<std::size_t>(below)] = 0;
      alive_[alive_.size() - 1 - static_cast<std::size_t>(below)] = 0;
    }
  }

 private:
  std::vector<double> alive_ = {1.0};
};

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const std::size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle] + *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle))) / 2;
}

std::vector<int> sequential_ranks(int max_pairs, double error) {
  std::vector<int> ranks = {0};
  BinomialWalk walk;
  double spent = 0;
  for (int n = 1; n <= max_pairs; ++n) {
    walk.step();
    const double allowance = error * std::pow(static_cast<double>(n) / max_pairs, kSpendingPower) - spent;
    int rank = 0;
    while (2 * (rank + 1) <= n && walk.loss(rank + 1) <= allowance) ++rank;
    spent += walk.loss(rank);
    walk.lose(rank);
    ranks.push_back(rank);
  }
  return ranks;
}

RatioInterval median_interval(std::vector<double> ratios) {
  static const std::vector<int> ranks = sequential_ranks(kMaxPairs, kIntervalError);
  std::sort(ratios.begin(), ratios.end());
  const std::size_t count = ratios.size();
  RatioInterval interval{median(ratios), 0, std::numeric_limits<double>::infinity(), static_cast<int>(count)};
  const auto rank = static_cast<std::size_t>(ranks.at(count));
  if (rank > 0) {
    interval.low = ratios[rank - 1];
    interval.high = ratios[count - rank];
  }
  return interval;
}

int side_of(const RatioInterval& interval, double threshold) {
  if (interval.low > threshold) return 1;
  return interval.high < threshold ? -1 : 0;
}

double later_slope(const std::vector<std::int64_t>& values) {
  std::vector<double> slopes;
  for (std::size_t i = values.size() / 2; i < values.size(); ++i) {
    for (std::size_t k = i + 1; k < values.size(); ++k) {
      slopes.push_back(static_cast<double>(values[k] - values[i]) / static_cast<double>(k - i));
    }
  }
  return median(std::move(slopes));
}

}  // namespace hybugs
