#include "tools/hybugs/sharding.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "harness/io/files.h"

namespace hybugs {
namespace {

constexpr int kMostShards = 1'000'000;

Unexpected wrong_shard(const std::string& what) {
  return Unexpected(Error{"", 0, what, "--shard I/N with 1 <= I <= N, such as 2/4: the second of four parts"});
}

Result<Shard> checked(int index, int count, const std::string& text) {
  if (count < 1 || index < 1 || index > count) return wrong_shard(fmt::format("there is no shard '{}'", text));
  return Shard{index, count};
}

// The number in a variable; nullopt where it isn't set, an Error where it is no number.
Result<std::optional<int>> number_in(const EnvironmentLookup& variable, const std::string& name) {
  const auto text = variable(name);
  if (!text || text->empty()) return std::optional<int>();
  int number = 0;
  if (!RE2::FullMatch(*text, R"((\d{1,7}))", &number)) {
    return Unexpected(Error{"", 0, fmt::format("{}={} is no number", name, *text), "unset it, or give --shard I/N"});
  }
  return std::optional(number);
}

Result<Shard> slurm_shard(const EnvironmentLookup& variable, int id) {
  std::map<std::string, int> numbers;
  for (const char* name : {"MIN", "MAX", "COUNT", "STEP"}) {
    const auto number = number_in(variable, std::string("SLURM_ARRAY_TASK_") + name);
    if (!number) return Unexpected(number.error());
    numbers[name] = number->value_or(std::string(name) == "STEP" ? 1 : -1);
  }
  const int step = std::max(1, numbers["STEP"]);
  const bool whole = numbers["MIN"] >= 0 && numbers["COUNT"] > 0 &&
                     (numbers["MAX"] < 0 || (numbers["MAX"] - numbers["MIN"]) / step + 1 == numbers["COUNT"]);
  const int index = (id - numbers["MIN"]) / step + 1;
  if (whole && (id - numbers["MIN"]) % step == 0 && index >= 1 && index <= numbers["COUNT"])
    return Shard{index, numbers["COUNT"]};
  return Unexpected(
      Error{"", 0,
            fmt::format("task {} of a job array from {} to {} in steps of {} with {} tasks is no shard: some "
                        "tasks of the array are missing",
                        id, numbers["MIN"], numbers["MAX"], step, numbers["COUNT"]),
            "give --shard I/N with the numbers of the whole array"});
}

}  // namespace

Result<Shard> parse_shard(const std::string& text) {
  int index = 0;
  int count = 0;
  if (!RE2::FullMatch(text, R"((\d{1,7})/(\d{1,7}))", &index, &count) || count > kMostShards)
    return wrong_shard(fmt::format("'{}' is no shard", text));
  return checked(index, count, text);
}

Result<Shard> shard_from_environment(const EnvironmentLookup& variable) {
  const auto task = number_in(variable, "SLURM_ARRAY_TASK_ID");
  if (!task) return Unexpected(task.error());
  if (*task) return slurm_shard(variable, **task);
  const auto index = number_in(variable, "GTEST_SHARD_INDEX");
  const auto total = number_in(variable, "GTEST_TOTAL_SHARDS");
  if (!index) return Unexpected(index.error());
  if (!total) return Unexpected(total.error());
  if (!*index && !*total) return Shard{};
  if (!*index || !*total) {
    return Unexpected(
        Error{"", 0, "only one of GTEST_SHARD_INDEX and GTEST_TOTAL_SHARDS is set", "set both, or give --shard I/N"});
  }
  return checked(**index + 1, **total, fmt::format("GTEST_SHARD_INDEX={} of {}", **index, **total));
}

void add_shard_option(CLI::App& app, std::string& text) {
  app.add_option("--shard", text,
                 "I/N: do the I-th of N parts; `hybugs merge` joins them (default: what a Slurm job array, or "
                 "GTEST_SHARD_INDEX and GTEST_TOTAL_SHARDS, say)");
}

Result<Shard> chosen_shard(const std::string& text) {
  if (!text.empty()) return parse_shard(text);
  return shard_from_environment([](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  });
}

std::map<std::string, double> known_costs(const Session& session, const std::string& command) {
  std::map<std::string, double> costs;
  const auto text = read_file(session.paths.source + "/results/costs.json");
  const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
  if (!json.is_object() || !json.contains(command) || !json[command].is_object()) return costs;
  for (const auto& [id, seconds] : json[command].items()) {
    if (seconds.is_number()) costs[id] = seconds.get<double>();
  }
  return costs;
}

double cost_of(const std::map<std::string, double>& costs, const std::string& id) {
  const auto found = costs.find(id);
  return found == costs.end() ? 0 : found->second;
}

}  // namespace hybugs
