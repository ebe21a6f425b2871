// --shard: which part of the work is this machine's.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/shard.h"
#include "tools/hybugs/session.h"

namespace hybugs {

/// `2/4`: the second of four. Anything else is an Error.
Result<Shard> parse_shard(const std::string& text);

/// An environment variable; nullopt where it isn't set.
using EnvironmentLookup = std::function<std::optional<std::string>(const std::string&)>;

/// The shard that the environment asks for: a Slurm job array (SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP, _COUNT:
/// sbatch(1)) or GoogleTest's protocol (GTEST_SHARD_INDEX, GTEST_TOTAL_SHARDS). The whole where it asks for none. An
/// Error when the numbers don't fit each other, as in an array of some tasks only.
Result<Shard> shard_from_environment(const EnvironmentLookup& variable);

/// Adds --shard. `text` is empty where it isn't given.
void add_shard_option(CLI::App& app, std::string& text);

/// --shard, or else what the environment asks for.
Result<Shard> chosen_shard(const std::string& text);

/// Seconds that each case costs, by id, from results/costs.json: part of the checkout, so that all shards know the
/// same. Empty when there is none.
std::map<std::string, double> known_costs(const Session& session, const std::string& command);

/// 0: not known.
double cost_of(const std::map<std::string, double>& costs, const std::string& id);

}  // namespace hybugs
