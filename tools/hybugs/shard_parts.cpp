#include "tools/hybugs/shard_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace hybugs {
namespace {

constexpr std::size_t kNamedItems = 20;  // the rest is counted

void find_missing_shards(Parts& parts) {
  const int count = parts.first().shard.count;
  std::set<int> seen;
  std::size_t known = 0;
  for (const ShardFolder& folder : parts.folders) {
    if (seen.insert(folder.manifest.shard.index).second) known += folder.manifest.items.size();
  }
  for (int shard = 1; shard <= count; ++shard) {
    if (seen.count(shard) == 0) parts.incomplete.insert(shard);
  }
  if (parts.incomplete.empty()) return;
  const std::size_t all = parts.first().items_in_all;
  parts.missing.push_back(fmt::format("shard{} {} of {} ({} of {} items)", parts.incomplete.size() == 1 ? "" : "s",
                                      fmt::join(parts.incomplete, ", "), count, all - known, all));
}

}  // namespace

Result<Parts> read_parts(const std::vector<std::string>& folders) {
  Parts parts;
  for (const std::string& folder : folders) {
    auto manifest = read_shard_manifest(folder);
    if (!manifest) return Unexpected(manifest.error());
    parts.folders.push_back({folder, std::move(*manifest)});
    // The first one is as good as any other to compare with.
    const std::string difference = difference_of(parts.first(), parts.folders.back().manifest);
    if (difference.empty()) continue;
    return Unexpected(Error{folder, 0,
                            fmt::format("is no part of the same whole as {}: other {}", folders.front(), difference),
                            "merge only shards of one command"});
  }
  find_missing_shards(parts);
  return parts;
}

void find_missing_items(Parts& parts, const std::unordered_set<std::string>& finished) {
  for (const ShardFolder& folder : parts.folders) {
    std::vector<std::string> open;
    for (const std::string& item : folder.manifest.items) {
      if (finished.count(item) == 0) open.push_back(item);
    }
    if (open.empty()) continue;
    parts.incomplete.insert(folder.manifest.shard.index);
    const std::size_t named = std::min(open.size(), kNamedItems);
    const std::vector<std::string> names(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(named));
    parts.missing.push_back(fmt::format("{}: {}{}", folder.path, fmt::join(names, ", "),
                                        open.size() > named ? fmt::format(" and {} more", open.size() - named) : ""));
  }
}

}  // namespace hybugs
