// Parts of a list of work that machines do apart from each other.
#pragma once

#include <string>
#include <vector>

namespace hybugs {

/// One of `count` parts; `index` counts from 1.
struct Shard {
  int index = 1;
  int count = 1;

  bool is_whole() const { return count == 1; }
  std::string text() const { return std::to_string(index) + "/" + std::to_string(count); }
  /// Of a folder's name: `-2-of-4`; nothing for the whole.
  std::string suffix() const { return is_whole() ? "" : "-" + std::to_string(index) + "-of-" + std::to_string(count); }
};

/// The shard, from 1, that each item belongs to: the longest items first, each to the shard with the least to do (R. L.
/// Graham: Bounds on multiprocessing timing anomalies, SIAM Journal on Applied Mathematics 17, 1969). `costs` in
/// seconds; an unknown one (0) counts as the median of the known ones. The result depends on nothing else, so that
/// every shard forms the same one.
std::vector<int> spread_over_shards(const std::vector<double>& costs, int count);

/// The same, but each shard gets neighbours: for items that share a preparation with their neighbours.
std::vector<int> cut_into_shards(const std::vector<double>& costs, int count);

}  // namespace hybugs
