#include "harness/core/graph_kept.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

using testing::HasSubstr;

GraphUse use(OperatorCounts inside, std::int64_t outside, OperatorCounts recorded = {}) {
  const bool ran = !inside.empty();
  return {std::move(inside), std::move(recorded), outside, ran ? 1 : 0, {}};
}

CallRecord call_of(const GraphUse& graph_use, double output = 1) {
  CallRecord call;
  call.outputs = {Value{output}};
  call.graph_use = graph_use;
  return call;
}

const GraphUse kFixed = use({{"aten::mm", 10}, {"aten::view", 2}}, 4);
// Recorded from ten products and run once.
const GraphUse kTraced = use({{"aten::mm", 10}}, 4, {{"aten::mm", 10}});

TrialRecord trial_of(const std::vector<CallRecord>& first, const std::vector<CallRecord>& second) {
  TrialRecord trial;
  trial.outcome = Outcome::completed;
  trial.scenario_size = static_cast<int>(first.size());
  trial.calls = first;
  trial.second_pass = second;
  return trial;
}

// Fixed: makes its graph in call 0; ten products and two views in a graph in each call, four operators beside it.
GraphTrials trials_of(const TrialRecord& program) {
  GraphTrials trials;
  trials.eager = trial_of({call_of({}), call_of({})}, {call_of({}), call_of({})});
  trials.fixed = trial_of({call_of(kTraced), call_of(kFixed)}, {call_of(kFixed), call_of(kFixed)});
  trials.program = program;
  return trials;
}

// A program that is as fixed but for call 1 of the first and of the second pass.
std::string objection(const GraphUse& first, const GraphUse& second, const CaseSpec& spec = {}) {
  const TrialRecord program = trial_of({call_of(kTraced), call_of(first)}, {call_of(kFixed), call_of(second)});
  return graph_objection(spec, trials_of(program)).value_or("");
}

TEST(GraphKept, TheRealRepairKeepsIt) {
  EXPECT_EQ(objection(kFixed, kFixed), "");
}

TEST(GraphKept, AScriptNeedsNoRecording) {
  const TrialRecord program = trial_of({call_of(kFixed), call_of(kFixed)}, {call_of(kFixed), call_of(kFixed)});
  EXPECT_FALSE(graph_objection({}, trials_of(program)));
}

TEST(GraphKept, OutsideOperatorsMayBeAQuarterOfThoseInside) {
  EXPECT_EQ(objection(use({{"aten::mm", 10}}, 6), kFixed), "");
  EXPECT_THAT(objection(use({{"aten::mm", 10}}, 7), kFixed),
              HasSubstr("call 1: 7 operators run outside graphs and 10 inside"));
  EXPECT_THAT(objection(kFixed, use({{"aten::mm", 10}}, 7)), HasSubstr("call 1 of the second pass: 7 operators"));
}

TEST(GraphKept, NeitherViewsNorAGraphForShowMakeRoomForMore) {
  EXPECT_THAT(objection(use({{"aten::mm", 10}, {"aten::view", 148}}, 14), kFixed),
              HasSubstr("14 operators run outside"));
  EXPECT_THAT(objection(use({{"aten::mm", 10}, {"aten::add", 148}}, 14), kFixed),
              HasSubstr("14 operators run outside"));
}

TEST(GraphKept, AGraphMayBeRecordedWhenItIsNeededFirst) {
  EXPECT_EQ(objection(kTraced, kFixed), "");
}

TEST(GraphKept, TracingInEveryCallIsSeenInTheSecondPass) {
  EXPECT_THAT(objection(kTraced, kTraced), HasSubstr("call 1 of the second pass: 14 operators run outside graphs"));
}

TEST(GraphKept, RecordingALittleAgainIsSeenToo) {
  EXPECT_THAT(objection(kTraced, use({{"aten::mm", 90}}, 4, {{"aten::mm", 1}})),
              HasSubstr("1 operators are recorded again"));
}

TEST(GraphKept, FallingBackToEagerIsSeenInEitherPass) {
  EXPECT_THAT(objection(use({}, 16), kFixed), HasSubstr("call 1: 16 operators run outside graphs and 0 inside"));
  EXPECT_THAT(objection(kFixed, use({}, 16)), HasSubstr("call 1 of the second pass: 16 operators"));
}

TEST(GraphKept, AnIdleGraphDoesNotReplaceTheRealOne) {
  EXPECT_THAT(objection(use({{"aten::add", 50}}, 4), kFixed), HasSubstr("call 1: 0 of the 10 operators"));
  EXPECT_EQ(objection(kFixed, use({{"aten::mm", 8}}, 4)), "");
  EXPECT_THAT(objection(kFixed, use({{"aten::mm", 7}}, 4)), HasSubstr("7 of the 10"));
}

TEST(GraphKept, OutputsComeFromGraphsWhereThoseOfTheRealRepairDo) {
  GraphUse fixed = kFixed;
  fixed.from_graph = {true, false};
  GraphUse program = kFixed;
  GraphTrials trials = trials_of(trial_of({call_of(kTraced), call_of(kFixed)}, {call_of(kFixed), call_of(program)}));
  trials.fixed.second_pass[1].graph_use = fixed;
  const auto objection_to = [&](std::vector<bool> from_graph) {
    trials.program.second_pass[1].graph_use->from_graph = std::move(from_graph);
    return graph_objection({}, trials).value_or("");
  };
  EXPECT_EQ(objection_to({true, true}), "");
  EXPECT_EQ(objection_to({true, false}), "");
  EXPECT_EQ(objection_to({false, true}),
            "call 1 of the second pass: no graph has a part in tensor 0 of the outputs, in the real repair one has");
}

TEST(GraphKept, TheSecondPassMustStillBeRight) {
  TrialRecord program = trial_of({call_of(kTraced), call_of(kFixed)}, {call_of(kFixed), call_of(kFixed, 7)});
  GraphTrials trials = trials_of(program);
  EXPECT_THAT(graph_objection({}, trials).value_or(""),
              HasSubstr("second pass over the scenario, on the same object: call 1"));
  trials.fixed.second_pass[0].outputs = {Value{99.0}};  // its own state doesn't bear a second pass
  EXPECT_FALSE(graph_objection({}, trials));
}

TEST(GraphKept, ACaseMayAllowOtherOperators) {
  CaseSpec spec;
  spec.fix.free_operators = true;
  EXPECT_EQ(objection(kFixed, use({{"aten::bmm", 1}}, 4), spec), "");
  EXPECT_THAT(objection(kFixed, use({}, 4), spec), HasSubstr("no operator runs inside a graph"));
}

TEST(GraphKept, NothingIsAskedWhereTheRealRepairDroppedTheGraph) {
  CaseSpec spec;
  spec.fix.graph_dropped = true;
  EXPECT_EQ(objection(use({}, 500), use({}, 500), spec), "");
}

TEST(GraphKept, AProgramThatIsGoneKeepsNothing) {
  EXPECT_EQ(graph_objection({}, trials_of(trial_of({call_of(kTraced), call_of(kFixed)}, {}))),
            "call 0 of the second pass: the program was gone");
}

TEST(GraphKept, CpuTimeIsComparedWithTheSlowestOfTheCalls) {
  GraphTrials trials = trials_of(trials_of({}).fixed);
  trials.fixed_cpu = {1, 1};
  trials.buggy_cpu = {2, -1};  // call 1 threw
  trials.eager_cpu = {1, 2};
  trials.program_cpu = {4.5, 4.5};
  EXPECT_FALSE(graph_objection({}, trials));
  trials.program_cpu = {4.5, -1};
  EXPECT_EQ(graph_objection({}, trials), "call 1: does not return once it is warm");
  trials.program_cpu = {4.5, 4.6};
  EXPECT_THAT(graph_objection({}, trials).value_or(""), HasSubstr("9.1e+03 ms of CPU time"));
}

TEST(GraphKept, BuggyAndEagerAreAskedOnlyIfTheyCanExcuseTheProgram) {
  GraphTrials trials = trials_of(trials_of({}).fixed);
  trials.fixed_cpu = {1, 1};
  EXPECT_FALSE(needs_slower_programs({}, trials));
  trials.program_cpu = {3, 3};
  EXPECT_FALSE(needs_slower_programs({}, trials));
  trials.program_cpu = {3, 3.1};
  EXPECT_TRUE(needs_slower_programs({}, trials));
  trials.eager_cpu = {1, 1};
  EXPECT_FALSE(needs_slower_programs({}, trials));
}

TEST(ViewsAndConstants, AreKnownWithAndWithoutNamespaceAndOverload) {
  for (const char* name : {"aten::view", "view", "aten::expand", "aten::zeros", "aten::to.dtype", "aten::alias",
                           "aten::slice.Tensor", "aten::numpy_T", "aten::empty_strided", "aten::ones_like"}) {
    EXPECT_TRUE(is_view_or_constant(name)) << name;
  }
  for (const char* name : {"aten::mm", "aten::add", "prim::Constant", "aten::viewed", ""}) {
    EXPECT_FALSE(is_view_or_constant(name)) << name;
  }
}

}  // namespace
}  // namespace hybugs
