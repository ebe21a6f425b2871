#include "tools/exercise/goal.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/core/compare.h"

namespace hybugs {
namespace {

using nlohmann::json;

constexpr const char* kAnyOperator = "any";

std::int64_t work_in(const OperatorCounts& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += is_view_or_constant(name) ? 0 : count;
  return sum;
}

/// What is recorded and then run is the same graph.
CallGoal first_pass_goal(const CallRecord& call) {
  const GraphUse use = call.graph_use.value_or(GraphUse{});
  OperatorCounts inside = use.inside;
  for (const auto& [name, count] : use.recorded) inside[name] = std::max(inside[name], count);
  return {work_in(inside), use.outside, 0, {}};
}

CallGoal second_pass_goal(const CallRecord& call) {
  const GraphUse use = call.graph_use.value_or(GraphUse{});
  return {work_in(use.inside), use.outside, use.recorded_count(), use.from_graph};
}

std::vector<CallRecord> records_of(const std::vector<CallGoal>& goals) {
  std::vector<CallRecord> calls;
  for (const CallGoal& goal : goals) {
    GraphUse use;
    if (goal.inside > 0) use.inside[kAnyOperator] = goal.inside;
    if (goal.recorded > 0) use.recorded[kAnyOperator] = goal.recorded;
    use.outside = goal.outside;
    use.from_graph = goal.from_graph;
    calls.emplace_back().graph_use = use;
  }
  return calls;
}

TrialRecord second_pass_of(const TrialRecord& trial) {
  TrialRecord second;
  second.outcome = Outcome::completed;
  second.constructed = true;
  second.calls = trial.second_pass;
  return second;
}

json calls_json(const std::vector<CallGoal>& goals) {
  json list = json::array();
  for (const CallGoal& goal : goals) list.push_back({goal.inside, goal.outside, goal.recorded, goal.from_graph});
  return list;
}

std::vector<CallGoal> calls_from_json(const json& list) {
  std::vector<CallGoal> goals;
  for (const json& item : list) {
    goals.push_back({item.at(0).get<std::int64_t>(), item.at(1).get<std::int64_t>(), item.at(2).get<std::int64_t>(),
                     item.at(3).get<std::vector<bool>>()});
  }
  return goals;
}

}  // namespace

Goal goal_of(const CaseSpec& spec, const TrialRecord& eager, const TrialRecord& fixed, double fixed_growth) {
  Goal goal;
  goal.graph = !spec.fix.graph_dropped;
  for (const CallRecord& call : fixed.calls) goal.first_pass.push_back(first_pass_goal(call));
  for (const CallRecord& call : fixed.second_pass) goal.second_pass.push_back(second_pass_goal(call));
  goal.second_pass_agrees = !first_disagreement(second_pass_of(eager), second_pass_of(fixed), spec);
  // Half of the way to the threshold of the proof: this is a quick look, the grading decides.
  if (spec.symptom == Symptom::slow) goal.speed_up = 1 + (spec.min_ratio - 1) / 2;
  if (spec.symptom == Symptom::memory) goal.growth = fixed_growth + spec.min_growth / 2;
  return goal;
}

std::optional<std::string> graph_objection(const Goal& goal, CaseSpec settings, GraphTrials trials) {
  if (!goal.graph) return std::nullopt;
  settings.fix.free_operators = true;
  trials.fixed.calls = records_of(goal.first_pass);
  trials.fixed.second_pass = records_of(goal.second_pass);
  // Where the real repair agrees with eager in the second pass, its outputs are eager's.
  for (std::size_t i = 0; goal.second_pass_agrees && i < trials.fixed.second_pass.size(); ++i) {
    if (i >= trials.eager.second_pass.size()) break;
    trials.fixed.second_pass[i].outputs = trials.eager.second_pass[i].outputs;
    trials.fixed.second_pass[i].thrown = trials.eager.second_pass[i].thrown;
    trials.fixed.second_pass[i].inputs = trials.eager.second_pass[i].inputs;
  }
  return graph_objection(settings, trials);
}

json to_json(const Goal& goal) {
  return {{"graph", goal.graph},
          {"first_pass", calls_json(goal.first_pass)},
          {"second_pass", calls_json(goal.second_pass)},
          {"second_pass_agrees", goal.second_pass_agrees},
          {"speed_up", goal.speed_up},
          {"growth", goal.growth}};
}

Goal goal_from_json(const json& object) {
  Goal goal;
  goal.graph = object.at("graph").get<bool>();
  goal.first_pass = calls_from_json(object.at("first_pass"));
  goal.second_pass = calls_from_json(object.at("second_pass"));
  goal.second_pass_agrees = object.at("second_pass_agrees").get<bool>();
  goal.speed_up = object.at("speed_up").get<double>();
  goal.growth = object.at("growth").get<double>();
  return goal;
}

}  // namespace hybugs
