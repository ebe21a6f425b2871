#include "harness/io/shard_manifest.h"

#include <fmt/format.h>

#include "harness/io/files.h"
#include "harness/io/json_fields.h"

namespace hybugs {
namespace {

using nlohmann::json;

std::string path_in(const std::string& folder) {
  return folder + "/shard.json";
}

}  // namespace

template <>
struct Fields<Shard> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& shard) {
    archive("index", shard.index);
    archive("count", shard.count);
  }
};

template <>
struct Fields<ShardManifest> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& manifest) {
    archive("kind", manifest.kind);
    archive("shard", manifest.shard);
    archive("corpus", manifest.corpus);
    archive("work", manifest.work);
    archive("items_in_all", manifest.items_in_all);
    archive("items", manifest.items);
  }
};

json to_json(const ShardManifest& manifest) {
  json object = write_fields(manifest);
  object["schema"] = kShardSchema;
  object["settings"] = manifest.settings;
  return object;
}

Result<ShardManifest> shard_manifest_from_json(const json& object) {
  const json schema = object.is_object() ? object.value("schema", json()) : json();
  if (schema != kShardSchema) {
    return Unexpected(Error{"", 0, fmt::format("of schema {}, this version reads {}", schema.dump(), kShardSchema),
                            "merge it with the version that wrote it, or run the shard again"});
  }
  auto manifest = read_fields<ShardManifest>(object, "shard");
  if (manifest) manifest->settings = object.value("settings", json::object());
  return manifest;
}

Result<ShardManifest> read_shard_manifest(const std::string& folder) {
  const auto text = read_file(path_in(folder));
  if (!text) {
    return Unexpected(Error{folder, 0, "is no results folder of a shard: it has no shard.json",
                            "`hybugs run --shard` and `hybugs evaluate --shard` make such folders"});
  }
  auto manifest = shard_manifest_from_json(json::parse(*text, nullptr, false));
  if (!manifest) return Unexpected(Error{path_in(folder), 0, manifest.error().message, manifest.error().hint});
  return manifest;
}

Result<void> write_shard_manifest(const std::string& folder, const ShardManifest& manifest) {
  if (const auto made = make_folder(folder); !made) return made;
  return write_file(path_in(folder), to_json(manifest).dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

std::string difference_of(const ShardManifest& a, const ShardManifest& b) {
  if (a.kind != b.kind) return fmt::format("command ({} and {})", a.kind, b.kind);
  if (a.corpus != b.corpus) return "corpus";
  if (a.shard.count != b.shard.count) return fmt::format("number of shards ({} and {})", a.shard.count, b.shard.count);
  if (a.work != b.work) return a.kind == "evaluate" ? "predictions" : "list of cases";
  for (const auto& [name, value] : a.settings.items()) {
    const json other = b.settings.value(name, json());
    if (other != value) return fmt::format("{} ({} and {})", name, value.dump(), other.dump());
  }
  return "";
}

}  // namespace hybugs
