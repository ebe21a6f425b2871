#include "harness/core/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

using testing::HasSubstr;

TrialRecord trial_of(const std::vector<double>& outputs, Outcome outcome = Outcome::completed) {
  TrialRecord trial;
  trial.outcome = outcome;
  trial.constructed = true;
  trial.scenario_size = 3;
  for (double output : outputs) {
    CallRecord call;
    call.outputs = {Value{output}};
    trial.calls.push_back(call);
  }
  return trial;
}

SeedEvidence seed_of(TrialRecord candidate, std::uint64_t seed = 7) {
  return {seed, trial_of({1, 2, 3}), std::move(candidate)};
}

TrialRecord observed(const GraphUse& use) {
  TrialRecord trial = trial_of({1});
  trial.calls[0].graph_use = use;
  trial.second_pass = trial.calls;
  return trial;
}

GraphTrials kept_graph() {
  const TrialRecord fixed = observed({{{"aten::mm", 4}}, {}, 0, 1});
  return {observed({{}, {}, 4, 0}), fixed, fixed, {}, {}, {}, {}};
}

TimingResult ratio_of(double low, double high) {
  TimingResult timing;
  timing.against_fixed = {(low + high) / 2, low, high, 16};
  return timing;
}

CaseSpec spec_of(Symptom symptom) {
  CaseSpec spec;
  spec.symptom = symptom;
  spec.min_ratio = 2;
  spec.min_growth = 10000;
  return spec;
}

/// A candidate that nothing speaks against.
CandidateEvidence right_for(Symptom symptom) {
  CandidateEvidence evidence;
  evidence.seeds = {seed_of(trial_of({1, 2, 3}))};
  evidence.graph = kept_graph();
  if (symptom == Symptom::slow) evidence.timing = ratio_of(0.9, 1.1);
  if (symptom == Symptom::memory) evidence.growth = GrowthEvidence{};
  return evidence;
}

TEST(JudgeCandidate, ARightRepairIsResolvedWhateverTheSymptom) {
  for (Symptom symptom : {Symptom::wrong_result, Symptom::exception, Symptom::crash, Symptom::hang, Symptom::slow,
                          Symptom::memory, Symptom::no_graph}) {
    const auto verdict = judge_candidate(spec_of(symptom), right_for(symptom));
    EXPECT_EQ(verdict.status, EvaluationStatus::resolved) << verdict.evidence;
    EXPECT_EQ(verdict.evidence, "agrees with eager on 1 seeds");
  }
}

struct Row {
  const char* name;
  TrialRecord candidate;
  EvaluationStatus status;
  const char* evidence;
};

TrialRecord with(TrialRecord trial, void (*change)(TrialRecord&)) {
  change(trial);
  return trial;
}

TEST(JudgeCandidate, EachEndOfATrialHasItsStatus) {
  const std::vector<Row> rows = {
      {"other value", trial_of({1, 2, 4}), EvaluationStatus::unresolved, "seed 7: call 2, output 0"},
      {"throws",
       with(trial_of({1, 2, 3}),
            [](TrialRecord& trial) {
              trial.calls[1].outputs.clear();
              trial.calls[1].thrown = Thrown{"c10::Error", "no"};
            }),
       EvaluationStatus::unresolved, "seed 7: call 1: threw c10::Error: no"},
      {"crash", trial_of({1, 2}, Outcome::crashed), EvaluationStatus::crashed, "call 2"},
      {"time", trial_of({1, 2}, Outcome::timed_out), EvaluationStatus::timed_out, "call 2"},
      {"memory", trial_of({1}, Outcome::out_of_memory), EvaluationStatus::out_of_memory, "call 1"},
      {"crash in a destructor",
       with(trial_of({1, 2, 3}), [](TrialRecord& trial) { trial.teardown = Teardown::crashed; }),
       EvaluationStatus::crashed, ""},
      {"harness", with(trial_of({}, Outcome::harness_error), [](TrialRecord& trial) { trial.detail = "no host"; }),
       EvaluationStatus::harness_error, "no host"},
      {"forged calls", trial_of({1, 2, 3, 4}), EvaluationStatus::rejected, "calls that were never made"},
  };
  for (const Row& row : rows) {
    CandidateEvidence evidence = right_for(Symptom::exception);
    evidence.seeds.push_back(seed_of(row.candidate));
    const auto verdict = judge_candidate(spec_of(Symptom::exception), evidence);
    EXPECT_EQ(verdict.status, row.status) << row.name << ": " << verdict.evidence;
    EXPECT_THAT(verdict.evidence, HasSubstr(row.evidence)) << row.name;
  }
}

TEST(JudgeCandidate, ARefusalComesFirst) {
  CandidateEvidence evidence;
  evidence.refusal = EvaluationVerdict{EvaluationStatus::not_compiled, "error: x", {}};
  EXPECT_EQ(judge_candidate(spec_of(Symptom::slow), evidence).status, EvaluationStatus::not_compiled);
}

TEST(JudgeCandidate, MissingEvidenceIsTheHarnesssFault) {
  EXPECT_EQ(judge_candidate(spec_of(Symptom::exception), {}).status, EvaluationStatus::harness_error);
  CandidateEvidence evidence = right_for(Symptom::slow);
  evidence.timing.reset();
  EXPECT_EQ(judge_candidate(spec_of(Symptom::slow), evidence).evidence, "it was not timed");
  evidence = right_for(Symptom::memory);
  evidence.growth.reset();
  EXPECT_EQ(judge_candidate(spec_of(Symptom::memory), evidence).evidence, "memory was not measured");
  evidence.graph.reset();
  EXPECT_EQ(judge_candidate(spec_of(Symptom::crash), evidence).evidence, "graph use was not observed");
}

TEST(JudgeCandidate, AnEagerProgramThatFailsSaysNothingAboutTheCandidate) {
  CandidateEvidence evidence = right_for(Symptom::crash);
  evidence.seeds[0].eager = trial_of({1}, Outcome::crashed);
  EXPECT_EQ(judge_candidate(spec_of(Symptom::crash), evidence).status, EvaluationStatus::harness_error);
}

TEST(JudgeCandidate, TheGraphMustBeKeptUnlessTheRealRepairDroppedIt) {
  CandidateEvidence evidence = right_for(Symptom::crash);
  evidence.graph->program = observed({{}, {}, 4, 0});
  CaseSpec spec = spec_of(Symptom::crash);
  EXPECT_EQ(judge_candidate(spec, evidence).status, EvaluationStatus::graph_dropped);
  spec.fix.graph_dropped = true;
  EXPECT_EQ(judge_candidate(spec, evidence).status, EvaluationStatus::resolved);
}

TEST(JudgeCandidate, TimeMustLieOnTheSideOfTheRealRepair) {
  const CaseSpec spec = spec_of(Symptom::slow);
  EXPECT_FALSE(judge_candidate_timing(spec, ratio_of(0.8, 1.9)));
  EXPECT_EQ(judge_candidate_timing(spec, ratio_of(2.1, 3))->status, EvaluationStatus::too_slow);
  TimingResult undecided = ratio_of(1.5, 3);
  undecided.stopped = "the cap of 60 s was reached";
  const auto verdict = judge_candidate_timing(spec, undecided);
  EXPECT_EQ(verdict->status, EvaluationStatus::too_slow);
  EXPECT_THAT(verdict->evidence, HasSubstr("not shown to be fast enough: the cap of 60 s"));
  EXPECT_EQ(judge_candidate_timing(spec, {})->status, EvaluationStatus::too_slow);
}

TEST(JudgeCandidate, AFailureWhileTimedBelongsToWhoeverFailed) {
  TimingResult timing;
  timing.failure = "candidate went wrong while it was timed: output";
  EXPECT_EQ(judge_candidate_timing({}, timing)->status, EvaluationStatus::unresolved);
  timing.failure = "candidate: crashed by SIGSEGV while it was timed";
  EXPECT_EQ(judge_candidate_timing({}, timing)->status, EvaluationStatus::unresolved);
  timing.failure = "fixed: crashed while it was timed";
  EXPECT_EQ(judge_candidate_timing({}, timing)->status, EvaluationStatus::harness_error);
}

DrivenCalls growing_by(std::int64_t step) {
  DrivenCalls driven{4, {}};
  for (int i = 0; i < 48; ++i) driven.all.push_back({0.001, step * i});
  return driven;
}

TEST(JudgeCandidate, GrowthIsJudgedByResidentMemoryReadFromOutside) {
  const CaseSpec spec = spec_of(Symptom::memory);
  EXPECT_FALSE(judge_candidate_growth(spec, {growing_by(100), growing_by(4000)}));
  const auto verdict = judge_candidate_growth(spec, {growing_by(100), growing_by(6000)});
  EXPECT_EQ(verdict->status, EvaluationStatus::unresolved);
  EXPECT_EQ(verdict->evidence, "resident memory grows by 6000 bytes a call, in the real repair by 100");
  GrowthEvidence gone{growing_by(0), growing_by(0)};
  gone.candidate.all.resize(5);
  EXPECT_EQ(judge_candidate_growth(spec, gone)->status, EvaluationStatus::crashed);
}

}  // namespace
}  // namespace hybugs
