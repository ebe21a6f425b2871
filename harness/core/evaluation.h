// Judgement on a repair that somebody proposes: a pure function of what its trials recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/compare.h"
#include "harness/core/driven_calls.h"
#include "harness/core/graph_kept.h"
#include "harness/core/timing_result.h"
#include "harness/core/trial_record.h"

namespace hybugs {

enum class EvaluationStatus : std::uint8_t {
  resolved,
  unresolved,     // disagrees with eager, or the symptom is still there
  graph_dropped,  // right values, but the graph is gone where the real repair keeps it
  too_slow,
  not_applied,
  not_compiled,
  rejected,  // touches another file, or uses what no program needs
  crashed,
  timed_out,
  out_of_memory,
  harness_error  // says nothing about the repair
};

/// One repair to judge, as a line of a predictions file gives it.
struct Prediction {
  std::string id;     // instance_id: the case
  std::string model;  // model_name_or_path
  std::string patch;  // model_patch: a unified diff against hybrid.cpp
  std::string file;   // model_file: the whole new hybrid.cpp
  bool whole_file = false;
  int line = 0;  // of the predictions file, from 1
};

struct EvaluationVerdict {
  EvaluationStatus status = EvaluationStatus::harness_error;
  std::string evidence;  // one line
  std::optional<Disagreement> disagreement;
};

/// Eager and the candidate on one seed.
struct SeedEvidence {
  std::uint64_t seed = 0;
  TrialRecord eager;
  TrialRecord candidate;
};

/// Resident memory of fixed and of the candidate, read by the parent between calls.
struct GrowthEvidence {
  DrivenCalls fixed, candidate;
};

/// All that is known of one candidate. What isn't there wasn't needed, or something before it had settled the verdict.
struct CandidateEvidence {
  std::optional<EvaluationVerdict> refusal;  // before anything ran
  std::vector<SeedEvidence> seeds;
  std::optional<GraphTrials> graph;
  std::optional<GrowthEvidence> growth;
  std::optional<TimingResult> timing;
};

/// The verdict of one seed; nullopt where the candidate agrees with eager on every call.
std::optional<EvaluationVerdict> judge_candidate_seed(const CaseSpec& spec, const SeedEvidence& seed);
std::optional<EvaluationVerdict> judge_candidate_growth(const CaseSpec& spec, const GrowthEvidence& growth);
std::optional<EvaluationVerdict> judge_candidate_graph(const CaseSpec& spec, const GraphTrials& graph);
std::optional<EvaluationVerdict> judge_candidate_timing(const CaseSpec& spec, const TimingResult& timing);

/// All parts in their order: refusal, values, growth, graph, time. Resolved when none objects and none is missing.
EvaluationVerdict judge_candidate(const CaseSpec& spec, const CandidateEvidence& evidence);

/// What is kept of one prediction.
struct EvaluationResult {
  std::string id;
  std::string model;
  int line = 0;
  EvaluationVerdict verdict;
  double seconds = 0;
  std::string key;  // hash of all that the verdict depends on
  std::string log;  // of the compiler, relative to the results folder; empty where there is none
  std::string mechanism;
  std::string category;  // of the study
};

}  // namespace hybugs
