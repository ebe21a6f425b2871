#include "harness/core/experiment_comparison.h"

#include <gmock/gmock.h>

#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

using Kind = CaseChange::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CaseResult result_of(const std::string& id, Verdict verdict, Verdict expected = Verdict::reproduced) {
  CaseResult result;
  result.id = id;
  result.verdict = verdict;
  result.expected = expected;
  result.evidence = "evidence of " + to_string(verdict);
  return result;
}

CaseResult failing(Disagreement found) {
  CaseResult result = result_of("a", Verdict::reproduced);
  SeedJudgement seed;
  seed.evidence = found.text();
  seed.disagreement = std::move(found);
  result.seeds = {seed};
  return result;
}

Disagreement value_error(double error) {
  Disagreement found;
  found.error = error;
  return found;
}

Disagreement thrown(const std::string& message) {
  Disagreement found;
  found.kind = Disagreement::Kind::exception;
  found.message = message;
  return found;
}

CaseResult timed(double low, double ratio, double high) {
  CaseResult result = result_of("a", Verdict::reproduced);
  result.timing = TimingResult{};
  result.timing->against_fixed = {ratio, low, high, 20};
  return result;
}

std::vector<CaseChange> changes_of(const CaseResult& before, const CaseResult& after) {
  return compare_experiments({{}, {before}}, {{}, {after}}).changes;
}

TEST(CompareExperiments, NothingChangesBetweenEqualOnes) {
  const CaseResult result = failing(value_error(100));
  const auto comparison = compare_experiments({{}, {result}}, {{}, {result}});
  EXPECT_EQ(comparison.compared, 1U);
  EXPECT_THAT(comparison.changes, IsEmpty());
  EXPECT_FALSE(comparison.has_unexpected());
}

struct VerdictChange {
  Verdict before;
  Verdict after;
  Verdict expected;
  Kind kind;
  bool unexpected;
};

class VerdictChanges : public testing::TestWithParam<VerdictChange> {};

TEST_P(VerdictChanges, AreNamedAndMeasuredByWhatTheCaseExpects) {
  const VerdictChange& change = GetParam();
  const auto changes = changes_of(result_of("a", change.before), result_of("a", change.after, change.expected));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, change.kind);
  EXPECT_EQ(changes[0].unexpected, change.unexpected);
}

INSTANTIATE_TEST_SUITE_P(
    All, VerdictChanges,
    testing::Values(
        VerdictChange{Verdict::not_reproduced, Verdict::reproduced, Verdict::reproduced, Kind::appeared, false},
        VerdictChange{Verdict::not_reproduced, Verdict::reproduced, Verdict::not_reproduced, Kind::appeared, true},
        VerdictChange{Verdict::not_reproduced, Verdict::wrong_failure, Verdict::reproduced, Kind::appeared, true},
        VerdictChange{Verdict::reproduced, Verdict::not_reproduced, Verdict::not_reproduced, Kind::disappeared, false},
        VerdictChange{Verdict::reproduced, Verdict::not_reproduced, Verdict::reproduced, Kind::disappeared, true},
        VerdictChange{Verdict::reproduced, Verdict::fix_fails, Verdict::reproduced, Kind::verdict, true},
        VerdictChange{Verdict::reproduced, Verdict::inconclusive, Verdict::reproduced, Kind::verdict, false},
        VerdictChange{Verdict::reproduced, Verdict::unsupported, Verdict::reproduced, Kind::verdict, false}));

TEST(CompareExperiments, AHarnessErrorIsAlwaysUnexpected) {
  CaseResult lost = result_of("a", Verdict::invalid);
  lost.harness_error = true;
  const auto changes = changes_of(result_of("a", Verdict::reproduced), lost);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].unexpected);
  EXPECT_THAT(changes[0].after, HasSubstr("harness_error"));
}

TEST(CompareExperiments, TheSizeOfAnErrorIsEvidenceItsLastDigitsAreNot) {
  EXPECT_THAT(changes_of(failing(value_error(100)), failing(value_error(100.0001))), IsEmpty());
  const auto changes = changes_of(failing(value_error(100)), failing(value_error(300)));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, Kind::evidence);
  EXPECT_FALSE(changes[0].unexpected);
  EXPECT_THAT(changes[0].before, HasSubstr("seed 0: call 0"));
}

TEST(CompareExperiments, AMessageIsEvidenceItsBacktraceIsNot) {
  EXPECT_THAT(changes_of(failing(thrown("sizes differ\nframe 1")), failing(thrown("sizes differ\nframe 2"))),
              IsEmpty());
  EXPECT_EQ(changes_of(failing(thrown("sizes differ")), failing(thrown("shapes differ"))).size(), 1U);
}

TEST(CompareExperiments, TimesMoveOnlyWhenTheIntervalsDontTouch) {
  EXPECT_THAT(changes_of(timed(2, 2.5, 3), timed(2.9, 4, 5)), IsEmpty());
  const auto changes = changes_of(timed(2, 2.5, 3), timed(3.1, 4, 5));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, Kind::timing);
  EXPECT_EQ(changes[0].before, "buggy/fixed 2.5 (2 to 3)");
  EXPECT_EQ(changes[0].after, "buggy/fixed 4 (3.1 to 5)");
}

TEST(CompareExperiments, TimesOfOtherMachinesAreNotComparedAndThatIsSaid) {
  Experiment before{{}, {timed(2, 2.5, 3)}};
  Experiment after{{}, {timed(3.1, 4, 5)}};
  before.context.machine = "CPU A";
  after.context.machine = "CPU B";
  before.context.libtorch = "1.13.1";
  after.context.libtorch = "2.6.0";
  const auto comparison = compare_experiments(before, after);
  EXPECT_THAT(comparison.changes, IsEmpty());
  EXPECT_THAT(comparison.not_comparable, ElementsAre("machine: CPU A -> CPU B"));
  EXPECT_THAT(comparison.context, ElementsAre("LibTorch: 1.13.1 -> 2.6.0", "machine: CPU A -> CPU B"));
}

TEST(CompareExperiments, CasesOfOneSideAreNewOrGone) {
  const auto comparison =
      compare_experiments({{}, {result_of("a", Verdict::reproduced), result_of("b", Verdict::reproduced)}},
                          {{}, {result_of("b", Verdict::reproduced), result_of("c", Verdict::flaky)}});
  ASSERT_EQ(comparison.changes.size(), 2U);
  EXPECT_EQ(comparison.compared, 1U);
  EXPECT_EQ(comparison.changes[0].id, "c");
  EXPECT_EQ(comparison.changes[0].kind, Kind::added);
  EXPECT_TRUE(comparison.changes[0].unexpected);
  EXPECT_EQ(comparison.changes[1].id, "a");
  EXPECT_EQ(comparison.changes[1].kind, Kind::gone);
}

}  // namespace
}  // namespace hybugs
