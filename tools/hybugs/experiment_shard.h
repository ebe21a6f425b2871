// One machine's part of an experiment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/core/shard.h"
#include "tools/hybugs/experiment.h"

namespace hybugs {

/// The cases of `shard`, balanced by `costs` in seconds, by id.
std::vector<const CaseSpec*> cases_of_shard(const std::vector<const CaseSpec*>& all, const Shard& shard,
                                            const std::map<std::string, double>& costs);

struct ShardOfCases {
  const Shard& shard;
  const std::vector<const CaseSpec*>& all;
  const std::vector<const CaseSpec*>& mine;
};

/// Writes shard.json into the results folder of `options` and says on stderr what the shard has. `kind`: `run`, `time`.
Result<void> name_shard(const Session& session, const std::string& kind, const ExperimentOptions& options,
                        const Workshop& workshop, const ShardOfCases& part);

}  // namespace hybugs
