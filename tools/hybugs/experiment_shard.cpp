#include "tools/hybugs/experiment_shard.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/exec/hashing.h"
#include "harness/io/shard_manifest.h"
#include "tools/hybugs/sharding.h"

namespace hybugs {
namespace {

ShardManifest manifest_of(const Session& session, const std::string& kind, const ExperimentOptions& options,
                          const Workshop& workshop, const ShardOfCases& part) {
  ShardManifest manifest;
  manifest.kind = kind;
  manifest.shard = part.shard;
  manifest.corpus = hash_of_corpus(part.all, session.paths);
  Hash work;
  for (const CaseSpec* spec : part.all) work.add("case", spec->id);
  manifest.work = work.hex();
  manifest.items_in_all = part.all.size();
  manifest.settings = {{"seeds", options.plan.seeds},
                       {"repetitions", options.plan.repetitions},
                       {"timing", options.timing},
                       {"max_time", options.max_seconds},
                       {"libtorch", workshop.toolchain.libtorch},
                       {"sandbox", sandbox_name(workshop.sandbox.level)}};
  for (const CaseSpec* spec : part.mine) manifest.items.push_back(spec->id);
  return manifest;
}

}  // namespace

std::vector<const CaseSpec*> cases_of_shard(const std::vector<const CaseSpec*>& all, const Shard& shard,
                                            const std::map<std::string, double>& costs) {
  std::vector<double> seconds;
  for (const CaseSpec* spec : all) seconds.push_back(cost_of(costs, spec->id));
  const std::vector<int> shards = spread_over_shards(seconds, shard.count);
  std::vector<const CaseSpec*> mine;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (shards[i] == shard.index) mine.push_back(all[i]);
  }
  return mine;
}

Result<void> name_shard(const Session& session, const std::string& kind, const ExperimentOptions& options,
                        const Workshop& workshop, const ShardOfCases& part) {
  std::fputs(fmt::format("shard {}: {} of {} cases\n", part.shard.text(), part.mine.size(), part.all.size()).c_str(),
             stderr);
  return write_shard_manifest(options.output, manifest_of(session, kind, options, workshop, part));
}

}  // namespace hybugs
