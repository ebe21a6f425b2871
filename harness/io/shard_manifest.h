// shard.json: what a results folder is a part of.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/shard.h"

namespace hybugs {

/// Version of the file.
inline constexpr int kShardSchema = 1;

/// Results folders are parts of one whole when all but the shard's index and its items is the same.
struct ShardManifest {
  std::string kind;  // `run` (also `time`), `evaluate`
  Shard shard;
  std::string corpus;  // hash of the cases, their sources and declarations
  std::string work;    // hash of the whole list of items, of all shards
  std::size_t items_in_all = 0;
  nlohmann::json settings;         // seeds, sandbox level ...: what results depend on besides
  std::vector<std::string> items;  // of this shard: ids of cases; for predictions `LINE ID MODEL`
};

nlohmann::json to_json(const ShardManifest& manifest);
Result<ShardManifest> shard_manifest_from_json(const nlohmann::json& json);

/// FOLDER/shard.json. An Error when it isn't there, is of another schema, or is broken.
Result<ShardManifest> read_shard_manifest(const std::string& folder);
Result<void> write_shard_manifest(const std::string& folder, const ShardManifest& manifest);

/// In what two manifests are no parts of one whole: `seeds`, `corpus` ...; empty when they are.
std::string difference_of(const ShardManifest& a, const ShardManifest& b);

}  // namespace hybugs
