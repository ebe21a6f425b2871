// Which results folders there are of a whole that was done in parts, and what they lack.
#pragma once

#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "harness/core/error.h"
#include "harness/io/shard_manifest.h"

namespace hybugs {

struct ShardFolder {
  std::string path;
  ShardManifest manifest;
};

/// What is there of the whole.
struct Parts {
  std::vector<ShardFolder> folders;
  std::vector<std::string> missing;  // sentences
  std::set<int> incomplete;          // shards

  const ShardManifest& first() const { return folders.front().manifest; }
};

/// All folders, and the shards that none of them is. An Error when they are no parts of one whole.
Result<Parts> read_parts(const std::vector<std::string>& folders);

/// Adds the items that no folder has `finished`.
void find_missing_items(Parts& parts, const std::unordered_set<std::string>& finished);

}  // namespace hybugs
