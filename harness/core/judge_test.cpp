#include "harness/core/judge.h"

#include <gmock/gmock.h>

#include <limits>

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Kind = Disagreement::Kind;

// A scenario of five calls; eager returns call index + 1. Tolerance 0.01: errors are hundredths.

CallRecord returned(double output) {
  CallRecord call;
  call.outputs = {{output}};
  return call;
}

CallRecord threw(const std::string& message) {
  CallRecord call;
  call.thrown = Thrown{"c10::Error", message};
  return call;
}

constexpr double kLongWait = 10;  // seconds, far beyond the time of a trial that is right

TrialRecord right() {
  TrialRecord trial;
  trial.outcome = Outcome::completed;
  trial.constructed = true;
  trial.scenario_size = 5;
  trial.seconds = 0.125;
  for (int call = 0; call < 5; ++call) trial.calls.push_back(returned(call + 1));
  return trial;
}

TrialRecord ended_in(int call, Outcome outcome) {
  TrialRecord trial = right();
  trial.outcome = outcome;
  trial.calls.resize(static_cast<std::size_t>(call));
  if (outcome == Outcome::timed_out) trial.seconds = kLongWait;
  return trial;
}

TrialRecord crashed_in(int call, int signal) {
  TrialRecord trial = ended_in(call, Outcome::crashed);
  trial.signal = signal;
  return trial;
}

TrialRecord with_call(std::size_t index, CallRecord call) {
  TrialRecord trial = right();
  trial.calls[index] = std::move(call);
  return trial;
}

TrialRecord with_teardown(Teardown teardown, int signal = 0) {
  TrialRecord trial = right();
  trial.teardown = teardown;
  trial.signal = signal;
  if (teardown == Teardown::timed_out) trial.seconds = kLongWait;
  return trial;
}

/// Call 2 returns a number that is off by `hundredths`.
TrialRecord off_by(double hundredths) {
  return with_call(2, returned(3 + hundredths / 100));
}

TrialRecord threw_in_constructor() {
  TrialRecord trial;
  trial.outcome = Outcome::threw;
  trial.construct = Thrown{"c10::Error", "no such method"};
  return trial;
}

TrialRecord growing_by(std::int64_t bytes) {
  TrialRecord trial = right();
  for (std::size_t call = 0; call < 5; ++call) trial.calls[call].heap_bytes = static_cast<std::int64_t>(call) * bytes;
  return trial;
}

/// One call, the last, runs `count` operators inside a graph.
TrialRecord with_graph_operators(std::int64_t count) {
  TrialRecord trial = right();
  for (CallRecord& call : trial.calls) call.graph_use = GraphUse{{}, {}, 10, 0};
  if (count > 0) trial.calls.back().graph_use->inside["aten::add"] = count;
  return trial;
}

CaseSpec declared(Symptom symptom) {
  CaseSpec spec;
  spec.symptom = symptom;
  spec.tolerance = Tolerance{0, 0};
  spec.min_growth = 100;
  spec.min_ratio = 1.4;
  return spec;
}

CaseSpec declared(Symptom symptom, int call) {
  CaseSpec spec = declared(symptom);
  spec.failure.call = call;
  return spec;
}

CaseSpec tolerant() {
  CaseSpec spec = declared(Symptom::wrong_result);
  spec.tolerance = Tolerance{0, 0.01 / 3};  // the outputs of call 2 are about 3
  return spec;
}

SeedTrials trials_of(TrialRecord buggy) {
  return {0, 0, right(), right(), std::move(buggy), {}, {}};
}

SeedTrials observed(TrialRecord fixed, TrialRecord buggy) {
  SeedTrials trials = trials_of(right());
  trials.observed_fixed = std::move(fixed);
  trials.observed_buggy = std::move(buggy);
  return trials;
}

struct SymptomCase {
  std::string name;
  CaseSpec spec;
  TrialRecord buggy;
  Showing::Kind kind;
  std::string evidence;  // part of it
};

constexpr auto kShown = Showing::Kind::shown;
constexpr auto kAbsent = Showing::Kind::absent;
constexpr auto kOther = Showing::Kind::other;

void expect_showing(const SymptomCase& expected) {
  const Showing showing = judge_symptom(expected.spec, trials_of(expected.buggy));
  EXPECT_EQ(showing.kind, expected.kind) << expected.name << ": " << showing.evidence;
  EXPECT_THAT(showing.evidence, HasSubstr(expected.evidence)) << expected.name;
  EXPECT_EQ(showing.evidence.find('\n'), std::string::npos) << expected.name;
}

// Which kind of evidence each symptom asks for.

TEST(JudgeSymptom, AsksForExactlyOneKindOfEvidence) {
  const std::vector<std::pair<Symptom, TrialRecord>> shows = {
      {Symptom::wrong_result, off_by(100)},
      {Symptom::exception, with_call(2, threw("Sizes must match"))},
      {Symptom::crash, crashed_in(2, 8)},
      {Symptom::hang, ended_in(2, Outcome::timed_out)}};
  for (const Symptom symptom : {Symptom::wrong_result, Symptom::exception, Symptom::crash, Symptom::hang, Symptom::slow,
                                Symptom::memory, Symptom::no_graph}) {
    for (const auto& [shown, buggy] : shows) {
      const Showing showing = judge_symptom(declared(symptom), trials_of(buggy));
      EXPECT_EQ(showing.kind, symptom == shown ? kShown : kOther) << showing.evidence;
      ASSERT_TRUE(showing.disagreement);
      EXPECT_EQ(showing.disagreement->call, 2);
    }
  }
}

TEST(JudgeSymptom, NothingElseIsEverTheSymptom) {
  for (const Symptom symptom : {Symptom::wrong_result, Symptom::exception, Symptom::crash, Symptom::hang, Symptom::slow,
                                Symptom::memory, Symptom::no_graph}) {
    expect_showing({"memory limit", declared(symptom), ended_in(2, Outcome::out_of_memory), kOther, "memory limit"});
    expect_showing({"missing", declared(symptom), ended_in(2, Outcome::completed), kOther, "completed 2 calls"});
  }
}

TEST(JudgeSymptom, IsAbsentWhereTheProgramAgrees) {
  for (const Symptom symptom : {Symptom::wrong_result, Symptom::exception, Symptom::crash, Symptom::hang}) {
    expect_showing({"agrees", declared(symptom), right(), kAbsent, "agrees with eager on all 5 calls"});
  }
}

TEST(JudgeSymptom, OtherFailuresSayWhatIsDeclared) {
  expect_showing({"crash", declared(Symptom::hang), crashed_in(2, 8), kOther,
                  "call 2: crashed by SIGFPE, eager returned; declared is hang"});
}

TEST(JudgeSymptom, CallIsThatDeclared) {
  for (const auto& [symptom, buggy] :
       std::vector<std::pair<Symptom, TrialRecord>>{{Symptom::wrong_result, off_by(100)},
                                                    {Symptom::exception, with_call(2, threw("Sizes must match"))},
                                                    {Symptom::crash, crashed_in(2, 8)},
                                                    {Symptom::hang, ended_in(2, Outcome::timed_out)}}) {
    expect_showing({"the call", declared(symptom, 2), buggy, kShown, "call 2"});
    expect_showing({"another", declared(symptom, 3), buggy, kOther, "declared for call 3"});
    expect_showing({"construct", declared(symptom, kConstruct), buggy, kOther, "declared for construct"});
  }
}

TEST(JudgeSymptom, FailuresOfTheConstructor) {
  expect_showing({"any", declared(Symptom::exception), threw_in_constructor(), kShown, "construct: threw"});
  expect_showing({"it", declared(Symptom::exception, kConstruct), threw_in_constructor(), kShown, "construct: threw"});
  expect_showing({"call 0", declared(Symptom::exception, 0), threw_in_constructor(), kOther, "declared for call 0"});
  TrialRecord crashed = crashed_in(0, 11);
  expect_showing({"crash in call 0", declared(Symptom::crash, 0), crashed, kShown, "call 0"});
  crashed.constructed = false;
  expect_showing({"crash", declared(Symptom::crash, kConstruct), crashed, kShown, "construct: crashed by SIGSEGV"});
}

// Wrong results.

TEST(JudgeSymptom, WrongResultNeedsAMargin) {
  expect_showing({"within tolerance", tolerant(), off_by(0.9), kAbsent, "agrees"});
  expect_showing({"just outside", tolerant(), off_by(2), kOther, "a proof needs 10 x tolerance"});
  expect_showing({"below the margin", tolerant(), off_by(9.9), kOther, "error 9.9 x tolerance"});
  expect_showing({"beyond the margin", tolerant(), off_by(10.1), kShown, "call 2, output 0: error 10.1 x tolerance"});
}

TEST(JudgeSymptom, WrongResultMayBeOfAnotherKind) {
  CallRecord list;
  list.outputs = {{Sequence{}}};
  expect_showing({"type", declared(Symptom::wrong_result), with_call(2, list), kShown, "other type"});
  expect_showing({"count", declared(Symptom::wrong_result), with_call(2, CallRecord()), kShown, "other count"});
}

TEST(JudgeSymptom, WrongResultMayBeAResultWhereEagerThrows) {
  SeedTrials trials = trials_of(right());
  trials.eager.calls[2] = threw("empty batch");
  EXPECT_EQ(judge_symptom(declared(Symptom::wrong_result), trials).kind, kShown);
  EXPECT_EQ(judge_symptom(declared(Symptom::exception), trials).kind, kOther);
}

TEST(JudgeSymptom, WrongResultIsInTheDeclaredOutput) {
  CaseSpec spec = declared(Symptom::wrong_result);
  spec.failure.output = 0;
  expect_showing({"the output", spec, off_by(100), kShown, "output 0"});
  spec.failure.output = 1;
  expect_showing({"another", spec, off_by(100), kOther, "declared for output 1"});
}

// Exceptions, crashes, hangs.

TEST(JudgeSymptom, MessageMatchesThePattern) {
  CaseSpec spec = declared(Symptom::exception);
  spec.failure.message = "Sizes .* match";
  expect_showing({"match", spec, with_call(2, threw("x\nSizes of tensors must match.")), kShown, "call 2: threw"});
  expect_showing({"no match", spec, with_call(2, threw("divide by zero")), kOther, "declared with 'Sizes .* match'"});
}

TEST(JudgeSymptom, OtherMessageThanAcceptedIsNoException) {
  CaseSpec spec = declared(Symptom::exception);
  spec.compare.message = "right";
  SeedTrials trials = trials_of(with_call(2, threw("wrong")));
  trials.eager.calls[2] = threw("right");
  EXPECT_EQ(judge_symptom(spec, trials).kind, kOther);
}

TEST(JudgeSymptom, SignalIsThatDeclared) {
  CaseSpec spec = declared(Symptom::crash);
  TrialRecord left = crashed_in(2, 0);
  left.exit_code = 1;
  expect_showing({"any", spec, crashed_in(2, 11), kShown, "SIGSEGV"});
  expect_showing({"an exit", spec, left, kShown, "exit code 1"});
  spec.failure.signal = 8;
  expect_showing({"it", spec, crashed_in(2, 8), kShown, "SIGFPE"});
  expect_showing({"another", spec, crashed_in(2, 11), kOther, "declared with SIGFPE"});
  expect_showing({"an exit instead", spec, left, kOther, "declared with SIGFPE"});
}

TEST(JudgeSymptom, HangIsFarFromTheTimeOfFixed) {
  SeedTrials trials = trials_of(ended_in(2, Outcome::timed_out));
  const CaseSpec spec = declared(Symptom::hang);
  trials.fixed.seconds = 0.5;
  trials.buggy.seconds = 10;
  EXPECT_EQ(judge_symptom(spec, trials).kind, kShown);
  trials.buggy.seconds = 9.9;
  const Showing showing = judge_symptom(spec, trials);
  EXPECT_EQ(showing.kind, kOther);
  EXPECT_THAT(showing.evidence, HasSubstr("9.9 s of waiting are less than 20 times the 0.5 s of fixed"));
}

TEST(JudgeSymptom, CrashesAndHangsMayComeInTheTeardown) {
  const TrialRecord crash = with_teardown(Teardown::crashed, 11);
  const TrialRecord hang = with_teardown(Teardown::timed_out);
  expect_showing({"crash", declared(Symptom::crash), crash, kShown, "SIGSEGV after the last call"});
  expect_showing({"hang", declared(Symptom::hang), hang, kShown, "time limit after the last call"});
  expect_showing({"after five calls", declared(Symptom::crash, 5), crash, kShown, "call 5"});
  expect_showing({"in a call", declared(Symptom::hang, 4), hang, kOther, "declared for call 4"});
  expect_showing({"crash for hang", declared(Symptom::hang), crash, kOther, "declared is hang"});
  expect_showing({"otherwise right", declared(Symptom::wrong_result), hang, kOther, "declared is wrong_result"});
  expect_showing({"slow", declared(Symptom::slow), crash, kOther, "declared is slow"});
}

// Memory, graphs, time.

TEST(HeapGrowth, IsTheSlope) {
  EXPECT_DOUBLE_EQ(heap_growth_per_call(growing_by(170)), 170);
  EXPECT_DOUBLE_EQ(heap_growth_per_call(growing_by(0)), 0);
  EXPECT_DOUBLE_EQ(heap_growth_per_call(growing_by(-8)), -8);
}

TrialRecord with_heap(const std::vector<std::int64_t>& bytes) {
  TrialRecord trial;
  trial.calls.resize(bytes.size());
  for (std::size_t call = 0; call < bytes.size(); ++call) trial.calls[call].heap_bytes = bytes[call];
  return trial;
}

TEST(HeapGrowth, LeavesOutTheWarmUp) {
  EXPECT_DOUBLE_EQ(heap_growth_per_call(with_heap({0, 9000, 9500, 9900, 10000, 10010, 10020, 10030})), 10);
  EXPECT_DOUBLE_EQ(heap_growth_per_call(with_heap({0, 9000, 10, 20})), 10);
}

TEST(HeapGrowth, LeavesOutSingleAllocations) {
  EXPECT_DOUBLE_EQ(heap_growth_per_call(with_heap({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9000})), 0);
}

TEST(HeapGrowth, IsTheMedianOfAllPairs) {
  // Slopes of 0, 10, 40 (the second half): 10, 30, 20.
  EXPECT_DOUBLE_EQ(heap_growth_per_call(with_heap({0, 0, 0, 10, 40})), 20);
}

TEST(HeapGrowth, IsNothingForAFewCalls) {
  EXPECT_EQ(heap_growth_per_call(with_heap({0, 100, 200})), 0);
  EXPECT_EQ(heap_growth_per_call(TrialRecord()), 0);
}

TEST(JudgeSymptom, MemoryGrowsAgainstFixed) {
  const CaseSpec spec = declared(Symptom::memory);  // 100 bytes a call
  EXPECT_EQ(judge_symptom(spec, observed(growing_by(0), growing_by(100))).kind, kShown);
  EXPECT_EQ(judge_symptom(spec, observed(growing_by(0), growing_by(99))).kind, kAbsent);
  EXPECT_EQ(judge_symptom(spec, observed(growing_by(50), growing_by(149))).kind, kAbsent);
  EXPECT_EQ(judge_symptom(spec, observed(growing_by(50), growing_by(150))).evidence,
            "the heap grows by 150 bytes a call, fixed by 50, threshold 100 between them");
}

TEST(JudgeSymptom, NoGraphMeansNoOperatorInsideOne) {
  const CaseSpec spec = declared(Symptom::no_graph);
  const Showing shown = judge_symptom(spec, observed(with_graph_operators(3), with_graph_operators(0)));
  EXPECT_EQ(shown.kind, kShown);
  EXPECT_EQ(shown.evidence, "0 operators run inside graphs, 3 in fixed");
  EXPECT_EQ(judge_symptom(spec, observed(with_graph_operators(3), with_graph_operators(1))).kind, kAbsent);
  EXPECT_EQ(judge_symptom(spec, observed(with_graph_operators(0), with_graph_operators(0))).kind, kOther);
}

TEST(JudgeSymptom, ObservedTrialsHaveToComplete) {
  TrialRecord crashed = growing_by(200);
  crashed.outcome = Outcome::crashed;
  crashed.signal = 11;
  const Showing showing = judge_symptom(declared(Symptom::memory), observed(growing_by(0), crashed));
  EXPECT_EQ(showing.kind, kOther);
  EXPECT_EQ(showing.evidence, "while observed: crashed by SIGSEGV");
}

TEST(JudgeSymptom, WithoutObservedTrialsNothingIsShown) {
  EXPECT_EQ(judge_symptom(declared(Symptom::memory), trials_of(right())).kind, kOther);
  EXPECT_EQ(judge_symptom(declared(Symptom::no_graph), trials_of(right())).kind, kOther);
}

TEST(Observation, IsNeededForMemoryAndGraphs) {
  for (const Symptom symptom : {Symptom::wrong_result, Symptom::exception, Symptom::crash, Symptom::hang, Symptom::slow,
                                Symptom::memory, Symptom::no_graph}) {
    EXPECT_EQ(needs_observation(declared(symptom)), symptom == Symptom::memory || symptom == Symptom::no_graph);
  }
}

TEST(Observation, NeedsARecordOfEachCall) {
  const CaseSpec memory = declared(Symptom::memory);
  EXPECT_TRUE(was_observed(memory, observed(growing_by(0), growing_by(0))));
  EXPECT_FALSE(was_observed(memory, trials_of(right())));
  EXPECT_FALSE(was_observed(memory, observed(growing_by(0), with_graph_operators(3))));
  EXPECT_FALSE(was_observed(declared(Symptom::no_graph), observed(growing_by(0), with_graph_operators(3))));
  TrialRecord partly = growing_by(0);
  partly.calls[3].heap_bytes.reset();
  EXPECT_FALSE(was_observed(memory, observed(growing_by(0), partly)));
  EXPECT_FALSE(was_observed(memory, observed(partly, growing_by(0))));
}

TEST(JudgeSymptom, SlowOnlyNeedsRightValues) {
  expect_showing({"right", declared(Symptom::slow), right(), kShown, "agrees with eager on all 5 calls"});
  expect_showing({"wrong", declared(Symptom::slow), off_by(100), kOther, "declared is slow"});
}

// One seed.

TEST(JudgeSeed, VerdictFollowsTheSymptom) {
  const CaseSpec spec = declared(Symptom::wrong_result);
  EXPECT_EQ(judge_seed(spec, trials_of(off_by(100))).verdict, Verdict::reproduced);
  EXPECT_EQ(judge_seed(spec, trials_of(right())).verdict, Verdict::not_reproduced);
  EXPECT_EQ(judge_seed(spec, trials_of(crashed_in(2, 8))).verdict, Verdict::wrong_failure);
  EXPECT_EQ(judge_seed(declared(Symptom::slow), trials_of(right())).verdict, Verdict::reproduced);
}

TEST(JudgeSeed, CarriesSeedRepetitionAndEvidence) {
  SeedTrials trials = trials_of(crashed_in(2, 8));
  trials.seed = 7;
  trials.repetition = 3;
  const SeedJudgement judged = judge_seed(declared(Symptom::crash), trials);
  EXPECT_EQ(judged.seed, 7u);
  EXPECT_EQ(judged.repetition, 3);
  EXPECT_EQ(judged.evidence, "call 2: crashed by SIGFPE, eager returned");
  ASSERT_TRUE(judged.disagreement);
  EXPECT_EQ(judged.disagreement->kind, Kind::crash);
  EXPECT_FALSE(judged.harness_error);
}

TEST(JudgeSeed, HarnessErrorIsNoJudgement) {
  for (const auto member : {&SeedTrials::eager, &SeedTrials::fixed, &SeedTrials::buggy}) {
    SeedTrials trials = trials_of(off_by(100));
    (trials.*member).outcome = Outcome::harness_error;
    (trials.*member).detail = "the host is gone";
    const SeedJudgement judged = judge_seed(declared(Symptom::wrong_result), trials);
    EXPECT_TRUE(judged.harness_error);
    EXPECT_THAT(judged.evidence, HasSubstr("the host is gone"));
  }
}

TEST(JudgeSeed, HarnessErrorOfAnObservedTrialIsNoJudgement) {
  for (const auto member : {&SeedTrials::observed_fixed, &SeedTrials::observed_buggy}) {
    SeedTrials trials = observed(growing_by(0), growing_by(200));
    (trials.*member)->outcome = Outcome::harness_error;
    EXPECT_TRUE(judge_seed(declared(Symptom::memory), trials).harness_error);
  }
}

TEST(JudgeSeed, StaleVariantsAreInvalid) {
  for (const auto member : {&SeedTrials::eager, &SeedTrials::fixed, &SeedTrials::buggy}) {
    SeedTrials trials = trials_of(off_by(100));
    (trials.*member) = TrialRecord();  // refused: nothing ran
    (trials.*member).stale = true;
    const SeedJudgement judged = judge_seed(declared(Symptom::wrong_result), trials);
    EXPECT_EQ(judged.verdict, Verdict::invalid);
    EXPECT_FALSE(judged.harness_error);
    EXPECT_THAT(judged.evidence, HasSubstr("built for another SDK or LibTorch, rebuild"));
  }
}

TEST(JudgeSeed, EagerHasToComplete) {
  TrialRecord refused = threw_in_constructor();
  for (const TrialRecord& eager :
       {refused, crashed_in(2, 8), ended_in(2, Outcome::timed_out), ended_in(2, Outcome::out_of_memory),
        with_teardown(Teardown::crashed), with_teardown(Teardown::timed_out)}) {
    SeedTrials trials = trials_of(off_by(100));
    trials.eager = eager;
    const SeedJudgement judged = judge_seed(declared(Symptom::wrong_result), trials);
    EXPECT_EQ(judged.verdict, Verdict::invalid) << judged.evidence;
    EXPECT_THAT(judged.evidence, StartsWith("eager: "));
  }
}

TEST(JudgeSeed, EagerMayThrowInCalls) {
  SeedTrials trials = trials_of(off_by(100));
  trials.eager.calls[0] = trials.fixed.calls[0] = trials.buggy.calls[0] = threw("empty batch");
  EXPECT_EQ(judge_seed(declared(Symptom::wrong_result), trials).verdict, Verdict::reproduced);
}

TEST(JudgeSeed, FixedHasToAgree) {
  for (const TrialRecord& fixed :
       {off_by(100), with_call(2, threw("no")), crashed_in(2, 8), ended_in(2, Outcome::timed_out),
        ended_in(2, Outcome::out_of_memory), threw_in_constructor(), with_teardown(Teardown::crashed),
        with_teardown(Teardown::timed_out)}) {
    for (const Symptom symptom : {Symptom::wrong_result, Symptom::crash, Symptom::slow}) {
      SeedTrials trials = trials_of(off_by(100));
      trials.fixed = fixed;
      const SeedJudgement judged = judge_seed(declared(symptom), trials);
      EXPECT_EQ(judged.verdict, Verdict::fix_fails) << judged.evidence;
      trials.buggy = TrialRecord();  // not run
      const SeedJudgement without_buggy = judge_seed(declared(symptom), trials);
      EXPECT_EQ(without_buggy.verdict, Verdict::fix_fails);
      EXPECT_EQ(without_buggy.evidence, judged.evidence);
      EXPECT_THAT(judged.evidence, StartsWith("fixed: c"));  // call 2, construct
      ASSERT_TRUE(judged.disagreement);
    }
  }
}

TEST(JudgeSeed, WithoutBuggyNothingIsDecidedAboutAFixThatAgrees) {
  SeedTrials trials = trials_of(TrialRecord());
  EXPECT_TRUE(judge_seed(declared(Symptom::wrong_result), trials).harness_error);
  trials.eager.outcome = Outcome::timed_out;
  const SeedJudgement judged = judge_seed(declared(Symptom::wrong_result), trials);
  EXPECT_EQ(judged.verdict, Verdict::invalid);
  EXPECT_FALSE(judged.harness_error);
}

TEST(JudgeSeed, TeardownOfFixedIsInTheEvidence) {
  SeedTrials trials = trials_of(off_by(100));
  trials.fixed.teardown = Teardown::timed_out;
  EXPECT_THAT(judge_seed(declared(Symptom::wrong_result), trials).evidence, HasSubstr("after the last call"));
}

TEST(JudgeSeed, FixedIsFarFromTheToleranceOfAWrongResult) {
  SeedTrials trials = trials_of(off_by(100));
  trials.fixed = off_by(0.2);
  const SeedJudgement judged = judge_seed(tolerant(), trials);
  EXPECT_EQ(judged.verdict, Verdict::fix_fails);
  EXPECT_NEAR(judged.fixed_error, 0.2, 1e-9);
  EXPECT_EQ(judged.evidence, "fixed: error 0.2 x tolerance, a proof needs at most 0.1");
  trials.fixed = off_by(0.09);
  EXPECT_EQ(judge_seed(tolerant(), trials).verdict, Verdict::reproduced);
}

TEST(JudgeSeed, FixedMayComeNearTheToleranceOfOtherSymptoms) {
  CaseSpec spec = tolerant();
  spec.symptom = Symptom::crash;
  SeedTrials trials = trials_of(crashed_in(2, 8));
  trials.fixed = off_by(0.9);
  const SeedJudgement judged = judge_seed(spec, trials);
  EXPECT_EQ(judged.verdict, Verdict::reproduced);
  EXPECT_NEAR(judged.fixed_error, 0.9, 1e-9);
}

TEST(JudgeSeed, FixedErrorIsTheLargestOfAllCalls) {
  SeedTrials trials = trials_of(off_by(100));
  trials.fixed = off_by(0.05);
  trials.fixed.calls[4] = returned(5 + 0.0005);  // 0.03 of its tolerance
  trials.fixed.calls[1] = returned(2 + 0.0005);  // 0.075 of its tolerance
  EXPECT_NEAR(judge_seed(tolerant(), trials).fixed_error, 0.075, 1e-9);
}

TEST(JudgeSeed, MemoryAndGraphs) {
  const CaseSpec memory = declared(Symptom::memory);
  EXPECT_EQ(judge_seed(memory, observed(growing_by(0), growing_by(200))).verdict, Verdict::reproduced);
  EXPECT_EQ(judge_seed(memory, observed(growing_by(0), growing_by(50))).verdict, Verdict::not_reproduced);
  const CaseSpec graph = declared(Symptom::no_graph);
  EXPECT_EQ(judge_seed(graph, observed(with_graph_operators(3), with_graph_operators(0))).verdict, Verdict::reproduced);
  EXPECT_EQ(judge_seed(graph, observed(with_graph_operators(3), with_graph_operators(3))).verdict,
            Verdict::not_reproduced);
}

TEST(JudgeSeed, WrongValuesComeBeforeMemoryAndGraphs) {
  SeedTrials trials = observed(growing_by(0), growing_by(200));
  trials.buggy = off_by(100);
  EXPECT_EQ(judge_seed(declared(Symptom::memory), trials).verdict, Verdict::wrong_failure);
  EXPECT_EQ(judge_seed(declared(Symptom::memory), trials_of(off_by(100))).verdict, Verdict::wrong_failure);
}

TEST(JudgeSeed, WhatWasNotObservedIsAFailureOfTheHarness) {
  EXPECT_TRUE(judge_seed(declared(Symptom::memory), trials_of(right())).harness_error);
  EXPECT_TRUE(judge_seed(declared(Symptom::no_graph), trials_of(right())).harness_error);
  EXPECT_TRUE(judge_seed(declared(Symptom::memory), observed(right(), right())).harness_error);
}

TEST(JudgeSeed, MemoryNeedsEnoughCalls) {
  SeedTrials trials = observed(growing_by(0), growing_by(200));
  for (TrialRecord* trial : {&trials.eager, &trials.fixed, &trials.buggy}) trial->calls.resize(3);
  const SeedJudgement judged = judge_seed(declared(Symptom::memory), trials);
  EXPECT_EQ(judged.verdict, Verdict::invalid);
  EXPECT_THAT(judged.evidence, HasSubstr("at least 4 calls"));
}

TEST(JudgeSeed, FixedHasToPassWhileObserved) {
  SeedTrials trials = observed(growing_by(0), growing_by(200));
  trials.observed_fixed->outcome = Outcome::out_of_memory;
  const SeedJudgement judged = judge_seed(declared(Symptom::memory), trials);
  EXPECT_EQ(judged.verdict, Verdict::fix_fails);
  EXPECT_EQ(judged.evidence, "fixed: while observed: exceeded the memory limit");
}

TEST(JudgeSeed, FixedHasToRunAGraphWhereBuggyDoesNot) {
  const SeedJudgement judged =
      judge_seed(declared(Symptom::no_graph), observed(with_graph_operators(0), with_graph_operators(0)));
  EXPECT_EQ(judged.verdict, Verdict::fix_fails);
  EXPECT_EQ(judged.evidence, "fixed: no operator runs inside a graph");
}

// All seeds.

SeedJudgement seed(std::uint64_t number, Verdict verdict, const std::string& evidence = "") {
  SeedJudgement judged;
  judged.seed = number;
  judged.verdict = verdict;
  judged.evidence = evidence;
  return judged;
}

SeedJudgement failed_seed(std::uint64_t number, const std::string& evidence) {
  SeedJudgement judged = seed(number, Verdict::invalid, evidence);
  judged.harness_error = true;
  return judged;
}

CaseJudgement judge_seeds(const std::vector<SeedJudgement>& seeds) {
  return judge_case(CaseSpec(), seeds);
}

TEST(JudgeCase, CommonVerdictWithTheFirstEvidence) {
  for (const Verdict verdict :
       {Verdict::reproduced, Verdict::not_reproduced, Verdict::wrong_failure, Verdict::fix_fails, Verdict::invalid}) {
    const CaseJudgement judged = judge_seeds({seed(0, verdict, "first"), seed(1, verdict, "second")});
    EXPECT_EQ(judged.verdict, verdict);
    EXPECT_EQ(judged.evidence, "first");
    EXPECT_FALSE(judged.harness_error);
  }
}

TEST(JudgeCase, DifferingVerdictsAreFlaky) {
  const CaseJudgement judged = judge_seeds({seed(0, Verdict::reproduced), seed(1, Verdict::reproduced),
                                            seed(2, Verdict::not_reproduced), seed(3, Verdict::reproduced)});
  EXPECT_EQ(judged.verdict, Verdict::flaky);
  EXPECT_EQ(judged.evidence, "reproduced on seeds 0, 1, 3; not_reproduced on seed 2");
}

TEST(JudgeCase, DifferingRepetitionsAreFlaky) {
  const CaseJudgement judged =
      judge_seeds({seed(0, Verdict::reproduced), seed(0, Verdict::reproduced), seed(0, Verdict::wrong_failure)});
  EXPECT_EQ(judged.verdict, Verdict::flaky);
  EXPECT_EQ(judged.evidence, "reproduced on seed 0; wrong_failure on seed 0");
}

TEST(JudgeCase, HarnessErrorWhereTheRestCantDecide) {
  for (const auto& seeds : {std::vector<SeedJudgement>{seed(0, Verdict::reproduced), failed_seed(1, "host is gone")},
                            std::vector<SeedJudgement>{failed_seed(1, "host is gone")}}) {
    const CaseJudgement judged = judge_seeds(seeds);
    EXPECT_TRUE(judged.harness_error);
    EXPECT_EQ(judged.evidence, "seed 1: host is gone");
  }
}

TEST(JudgeCase, FlakyWhateverASeedThatIsMissingWouldSay) {
  const CaseJudgement judged =
      judge_seeds({failed_seed(0, "host is gone"), seed(1, Verdict::reproduced), seed(2, Verdict::not_reproduced)});
  EXPECT_EQ(judged.verdict, Verdict::flaky);
  EXPECT_FALSE(judged.harness_error);
}

TEST(JudgeCase, NoSeedsAreNoProof) {
  EXPECT_EQ(judge_seeds({}).verdict, Verdict::invalid);
}

// Time.

const CaseJudgement kRightValues{Verdict::reproduced, "agrees", false};

TimingResult ratio(double value, double low, double high) {
  TimingResult timing;
  timing.against_fixed = {value, low, high, 12};
  return timing;
}

CaseJudgement judge_ratio(const TimingResult& timing) {
  return judge_timing(declared(Symptom::slow), kRightValues, timing);  // min_ratio 1.4
}

TEST(JudgeTiming, ComparesTheIntervalWithTheThreshold) {
  EXPECT_EQ(judge_ratio(ratio(2.1, 1.9, 2.3)).verdict, Verdict::reproduced);
  EXPECT_EQ(judge_ratio(ratio(1.2, 1.1, 1.3)).verdict, Verdict::not_reproduced);
  EXPECT_EQ(judge_ratio(ratio(1.6, 1.3, 1.9)).verdict, Verdict::inconclusive);
  EXPECT_EQ(judge_ratio(ratio(1.5, 1.4, 1.6)).verdict, Verdict::inconclusive);
  EXPECT_EQ(judge_ratio(ratio(1.3, 1.2, 1.4)).verdict, Verdict::inconclusive);
  EXPECT_EQ(judge_ratio(ratio(2.1, 0, std::numeric_limits<double>::infinity())).verdict, Verdict::inconclusive);
  EXPECT_EQ(judge_ratio(TimingResult()).verdict, Verdict::inconclusive);
}

TEST(JudgeTiming, SaysTheRatio) {
  EXPECT_EQ(judge_ratio(ratio(2.1, 1.9, 2.3)).evidence, "2.1x slower than fixed (1.9 to 2.3, 12 pairs), threshold 1.4");
  EXPECT_EQ(judge_ratio(ratio(0.9, 0.8, 1)).evidence, "0.9x the time of fixed (0.8 to 1, 12 pairs), threshold 1.4");
}

TEST(JudgeTiming, ValuesComeFirst) {
  for (const CaseJudgement& values :
       {CaseJudgement{Verdict::wrong_failure, "call 2", false},
        CaseJudgement{Verdict::fix_fails, "fixed: call 2", false}, CaseJudgement{Verdict::flaky, "seed 2", false},
        CaseJudgement{Verdict::invalid, "seed 1: host is gone", true},
        CaseJudgement{Verdict::reproduced, "seed 1: host is gone", true}}) {
    const CaseJudgement judged = judge_timing(declared(Symptom::slow), values, ratio(2.1, 1.9, 2.3));
    EXPECT_EQ(judged.verdict, values.verdict);
    EXPECT_EQ(judged.evidence, values.evidence);
    EXPECT_EQ(judged.harness_error, values.harness_error);
  }
}

TEST(JudgeTiming, FailureWhileTimedIsAnotherFailure) {
  TimingResult timing = ratio(2.1, 1.9, 2.3);
  timing.failure = "buggy crashed while timed";
  const CaseJudgement judged = judge_ratio(timing);
  EXPECT_EQ(judged.verdict, Verdict::wrong_failure);
  EXPECT_EQ(judged.evidence, "buggy crashed while timed");
}

}  // namespace
}  // namespace hybugs
