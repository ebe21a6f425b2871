// What a repair must reach beside agreeing with eager, in numbers that say nothing about how.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/graph_kept.h"

namespace hybugs {

/// Operators of the real repair in one call of the observed seed, without their names.
struct CallGoal {
  std::int64_t inside = 0;            // graphs; views and constants left out
  std::int64_t outside = 0;           // graphs
  std::int64_t recorded = 0;          // second pass only
  std::vector<bool> from_graph = {};  // for each tensor of the outputs: a graph has a part in it; second pass only
};

struct Goal {
  bool graph = false;                 // the real repair keeps the graph, and so must this one
  std::vector<CallGoal> first_pass;   // over the scenario
  std::vector<CallGoal> second_pass;  // once more, on the same object
  bool second_pass_agrees = false;    // of the real repair, with eager
  double speed_up = 0;                // slow: the time of the program as it was, over that of the repair, at least
  double growth = 0;                  // memory: bytes of the live heap that a call may leave, at most
};

/// The seed that is observed.
inline constexpr std::uint64_t kObservedSeed = 0;

/// `eager` and `fixed`: observing trials of kObservedSeed; `fixed_growth`: of the live heap, bytes a call.
Goal goal_of(const CaseSpec& spec, const TrialRecord& eager, const TrialRecord& fixed, double fixed_growth);

/// Why the graph isn't kept, by the rules of graph_kept.h, with the goal in the place of the real repair: rule 2 then
/// only asks for some operator inside graphs. `trials` has everything but the real repair.
std::optional<std::string> graph_objection(const Goal& goal, CaseSpec settings, GraphTrials trials);

nlohmann::json to_json(const Goal& goal);
/// Throws nlohmann::json::exception for what is none.
Goal goal_from_json(const nlohmann::json& json);

}  // namespace hybugs
