#include "tools/exercise/goal.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::Not;

CallRecord call(OperatorCounts inside, std::int64_t outside, double output) {
  CallRecord record;
  record.graph_use.emplace();
  record.graph_use->inside = std::move(inside);
  record.graph_use->outside = outside;
  record.outputs = {Value{output}};
  return record;
}

TrialRecord trial(const std::vector<CallRecord>& calls) {
  TrialRecord record;
  record.outcome = Outcome::completed;
  record.constructed = true;
  record.calls = calls;
  record.second_pass = calls;
  return record;
}

CaseSpec slow_case() {
  CaseSpec spec;
  spec.symptom = Symptom::slow;
  spec.min_ratio = 4;
  return spec;
}

const TrialRecord kEager = trial({call({}, 20, 1)});
const TrialRecord kFixed = trial({call({{"aten::matmul", 18}, {"aten::view", 7}}, 2, 1)});

std::optional<std::string> objection_to(const Goal& goal, const TrialRecord& program) {
  GraphTrials trials;
  trials.eager = kEager;
  trials.program = program;
  return graph_objection(goal, CaseSpec{}, trials);
}

TEST(Goal, SaysNothingOfTheOperators) {
  const Goal goal = goal_of(CaseSpec{}, kEager, kFixed, 0);
  EXPECT_EQ(goal.first_pass.at(0).inside, 18) << "views left out";
  EXPECT_EQ(goal.first_pass.at(0).outside, 2);
  EXPECT_THAT(to_json(goal).dump(), Not(HasSubstr("matmul")));
}

TEST(Goal, IsReachedByTheRepairItself) {
  EXPECT_EQ(objection_to(goal_of(CaseSpec{}, kEager, kFixed, 0), kFixed), std::nullopt);
}

TEST(Goal, IsReachedWithOtherOperators) {
  EXPECT_EQ(objection_to(goal_of(CaseSpec{}, kEager, kFixed, 0), trial({call({{"aten::addmm", 12}}, 3, 1)})),
            std::nullopt);
}

TEST(Goal, IsMissedByEager) {
  const auto objection = objection_to(goal_of(CaseSpec{}, kEager, kFixed, 0), kEager);
  ASSERT_TRUE(objection);
  EXPECT_THAT(*objection, HasSubstr("call 0: 20 operators run outside graphs and 0 inside"));
}

TEST(Goal, IsMissedByOtherValuesInTheSecondPass) {
  TrialRecord program = kFixed;
  program.second_pass.at(0).outputs = {Value{2.0}};
  const auto objection = objection_to(goal_of(CaseSpec{}, kEager, kFixed, 0), program);
  ASSERT_TRUE(objection);
  EXPECT_THAT(*objection, HasSubstr("second pass"));
}

TEST(Goal, AsksForNoGraphWhereTheRepairDroppedIt) {
  CaseSpec spec;
  spec.fix.graph_dropped = true;
  EXPECT_EQ(objection_to(goal_of(spec, kEager, kFixed, 0), kEager), std::nullopt);
}

TEST(Goal, OfTimeLiesHalfwayToTheThresholdOfTheProof) {
  EXPECT_EQ(goal_of(slow_case(), kEager, kFixed, 0).speed_up, 2.5);
  EXPECT_EQ(goal_of(CaseSpec{}, kEager, kFixed, 0).speed_up, 0);
}

TEST(Goal, OfMemoryAllowsWhatTheRepairLeavesAndHalfTheThreshold) {
  CaseSpec spec;
  spec.symptom = Symptom::memory;
  spec.min_growth = 1000;
  EXPECT_EQ(goal_of(spec, kEager, kFixed, 70).growth, 570);
}

}  // namespace
}  // namespace hybugs
