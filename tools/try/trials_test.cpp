#include "tools/try/trials.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Value number(double value) {
  Value result;
  result.data = value;
  return result;
}

TrialRecord completed(const std::vector<double>& results) {
  TrialRecord trial;
  trial.outcome = Outcome::completed;
  trial.constructed = true;
  trial.scenario_size = static_cast<int>(results.size());
  for (double result : results) {
    CallRecord call;
    call.outputs = {number(result)};
    trial.calls.push_back(call);
  }
  return trial;
}

SeedOutcome outcome_of(TrialRecord eager, TrialRecord hybrid) {
  SeedOutcome outcome;
  outcome.seed = 3;
  outcome.eager = std::move(eager);
  outcome.hybrid = std::move(hybrid);
  return outcome;
}

TEST(SeedText, SaysThatAllAgrees) {
  const auto outcome = outcome_of(completed({1, 2}), completed({1, 2}));
  EXPECT_EQ(failure_of(outcome), "");
  EXPECT_EQ(seed_text(outcome, {}), "seed 3: agrees with eager in 2 calls\n");
}

TEST(SeedText, SaysWhatDisagreesFirst) {
  const auto outcome = outcome_of(completed({1, 2, 3}), completed({1, 5, 6}));
  EXPECT_THAT(seed_text(outcome, {}), AllOf(HasSubstr("seed 3: call 1, output 0: "), Not(HasSubstr("call 2"))));
}

TEST(SeedText, CountsOperatorsCallByCall) {
  auto outcome = outcome_of(completed({1, 2}), completed({1, 2}));
  outcome.observed = completed({1, 2});
  outcome.observed->calls[0].graph_use = GraphUse{{{"aten::mul", 2}, {"aten::add", 1}}, {}, 4, 1};
  outcome.observed->calls[1].graph_use = GraphUse{{}, {}, 7, 0};
  EXPECT_THAT(seed_text(outcome, {}),
              AllOf(HasSubstr("inside graphs, call by call: 3 0\n"), HasSubstr("outside: 4 7\n")));
}

TEST(SeedText, ShowsWhatTheProgramPrinted) {
  auto hybrid = completed({1});
  hybrid.standard_error = "a = 5";
  EXPECT_THAT(seed_text(outcome_of(completed({1}), hybrid), {}), HasSubstr("standard error:\na = 5\n"));
}

TEST(FailureOf, IsAboutLibraryEagerAndHarness) {
  TrialRecord refused;
  refused.outcome = Outcome::crashed;
  refused.detail = "undefined symbol: f";
  EXPECT_EQ(failure_of(outcome_of(refused, refused)), "undefined symbol: f");
  TrialRecord crashed = completed({1});
  crashed.outcome = Outcome::crashed;
  crashed.signal = 8;
  EXPECT_EQ(failure_of(outcome_of(crashed, completed({1}))), "the eager program crashed by SIGFPE");
  EXPECT_EQ(failure_of(outcome_of(completed({1}), crashed)), "");
}

}  // namespace
}  // namespace hybugs
