#include "harness/core/graph_kept.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

using testing::HasSubstr;

GraphUse use(std::map<std::string, std::int64_t> inside, std::int64_t outside) {
  return {std::move(inside), outside, inside.empty() ? 0 : 1};
}

// Fixed: no graph in call 0, ten products and two views in a graph in calls 1 and 2, four operators beside it.
GraphTrials trials_of(const GraphUse& program) {
  GraphTrials trials;
  const GraphUse fixed = use({{"aten::mm", 10}, {"aten::view", 2}}, 4);
  trials.fixed = {use({}, 30), fixed, fixed};
  trials.program = {use({}, 300), fixed, program};
  return trials;
}

std::string objection(const GraphUse& program, const CaseSpec& spec = {}) {
  return graph_objection(spec, trials_of(program)).value_or("");
}

TEST(GraphKept, TheRealRepairKeepsIt) {
  EXPECT_EQ(objection(use({{"aten::mm", 10}, {"aten::view", 2}}, 4)), "");
}

TEST(GraphKept, OutsideOperatorsMayBeAQuarterOfThoseInside) {
  EXPECT_EQ(objection(use({{"aten::mm", 12}}, 7)), "");
  EXPECT_THAT(objection(use({{"aten::mm", 12}}, 8)), HasSubstr("call 2: 8 operators run outside graphs and 12 inside"));
}

TEST(GraphKept, TracingInEveryCallRunsTheOperatorsOutsideOnce) {
  EXPECT_THAT(objection(use({{"aten::mm", 10}, {"aten::view", 2}}, 16)), HasSubstr("call 2: 16 operators"));
}

TEST(GraphKept, FallingBackToEagerIsSeenEvenIfTheRestIsKept) {
  EXPECT_THAT(objection(use({}, 16)), HasSubstr("call 2: 16 operators run outside graphs and 0 inside"));
}

TEST(GraphKept, AnIdleGraphDoesNotReplaceTheRealOne) {
  EXPECT_THAT(objection(use({{"aten::add", 50}}, 4)), HasSubstr("call 2: 0 of the 10 operators"));
  EXPECT_EQ(objection(use({{"aten::mm", 8}}, 4)), "");
  EXPECT_THAT(objection(use({{"aten::mm", 7}}, 4)), HasSubstr("7 of the 10"));
}

TEST(GraphKept, ACaseMayAllowOtherOperators) {
  CaseSpec spec;
  spec.fix.free_operators = true;
  EXPECT_EQ(objection(use({{"aten::bmm", 1}}, 4), spec), "");
  EXPECT_THAT(objection(use({}, 4), spec), HasSubstr("call 2: no operator runs inside a graph"));
}

TEST(GraphKept, NothingIsAskedWhereTheRealRepairDroppedTheGraph) {
  CaseSpec spec;
  spec.fix.graph_dropped = true;
  EXPECT_EQ(objection(use({}, 500), spec), "");
}

TEST(GraphKept, AProgramThatIsGoneKeepsNothing) {
  GraphTrials trials = trials_of(use({{"aten::mm", 10}}, 4));
  trials.program.resize(2);
  EXPECT_EQ(graph_objection({}, trials), "call 2: the program was gone");
}

TEST(GraphKept, CpuTimeIsComparedWithTheSlowestOfTheCalls) {
  GraphTrials trials = trials_of(use({{"aten::mm", 10}}, 4));
  trials.fixed_cpu = {9, 1, 1};
  trials.buggy_cpu = {9, 2, -1};  // call 2 threw
  trials.eager_cpu = {9, 1, 2};
  trials.program_cpu = {99, 4.5, 4.5};
  EXPECT_EQ(graph_objection({}, trials), std::nullopt);
  trials.program_cpu = {0, 4.5, 4.6};
  EXPECT_THAT(graph_objection({}, trials).value_or(""), HasSubstr("9.1e+03 ms of CPU time"));
}

TEST(ComparablePasses, AreTheSecondOnesWhereFixedRunsAGraphThere) {
  TrialRecord fixed;
  TrialRecord program;
  fixed.calls.resize(1);
  fixed.calls[0].graph_use = use({{"aten::mm", 1}}, 0);
  program.calls.resize(1);
  program.calls[0].graph_use = use({{"aten::mm", 2}}, 0);
  program.second_pass = {use({{"aten::mm", 3}}, 0)};
  EXPECT_EQ(comparable_passes(fixed, program).second[0].inside_count(), 2);
  fixed.second_pass = {use({{"aten::mm", 1}}, 0)};
  EXPECT_EQ(comparable_passes(fixed, program).second[0].inside_count(), 3);
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
