#include "harness/core/shard.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/core/statistics.h"

namespace hybugs {
namespace {

std::vector<double> with_unknown_ones(std::vector<double> costs) {
  std::vector<double> known;
  std::copy_if(costs.begin(), costs.end(), std::back_inserter(known), [](double cost) { return cost > 0; });
  const double usual = known.empty() ? 1 : median(known);
  for (double& cost : costs) cost = cost > 0 ? cost : usual;
  return costs;
}

}  // namespace

std::vector<int> spread_over_shards(const std::vector<double>& costs, int count) {
  const std::vector<double> known = with_unknown_ones(costs);
  std::vector<std::size_t> order(known.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return known[a] > known[b]; });
  std::vector<double> loads(static_cast<std::size_t>(count));
  std::vector<int> shards(known.size());
  for (std::size_t item : order) {
    const auto least = std::min_element(loads.begin(), loads.end());
    *least += known[item];
    shards[item] = static_cast<int>(least - loads.begin()) + 1;
  }
  return shards;
}

std::vector<int> cut_into_shards(const std::vector<double>& costs, int count) {
  const std::vector<double> known = with_unknown_ones(costs);
  const double all = std::accumulate(known.begin(), known.end(), 0.0);
  std::vector<int> shards;
  double before = 0;
  for (double cost : known) {
    const double middle = (before + cost / 2) / all;  // of this item, as a share of all work
    shards.push_back(std::min(count, static_cast<int>(std::floor(middle * count)) + 1));
    before += cost;
  }
  return shards;
}

}  // namespace hybugs
