// Runs candidates: from a prediction to the evidence that a verdict is formed from.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "harness/core/evaluation.h"
#include "harness/exec/candidate_build.h"
#include "harness/exec/worker.h"

namespace hybugs {

/// What the candidates of one case are compared with, from our own build of the case.
struct CaseReference {
  std::string hybrid;                          // the program that patches apply to
  std::map<std::uint64_t, TrialRecord> eager;  // by seed
  GraphTrials graph;                           // without a program
  DrivenCalls fixed_growth;                    // memory cases only
  std::set<std::string> imports;               // of the case's own programs
};

struct CandidateOptions {
  std::vector<std::uint64_t> seeds;
  bool lint = true;         // off: the sandbox alone, for tests of it
  double max_seconds = 60;  // of a timing
  const std::atomic<bool>* stop = nullptr;
  std::shared_mutex* machine = nullptr;
  Sandbox own_sandbox;  // of hosts that run our own programs
};

/// Runs our own programs of a case. `worker` is trusted: it runs nothing but the corpus.
CaseReference make_reference(Worker& worker, const Paths& paths, const CaseSpec& spec, const CandidateSandbox& sandbox,
                             const CandidateOptions& options, const std::string& hybrid);

class CandidateRunner {
 public:
  CandidateRunner(const CandidateStage& stage, const CandidateSandbox& sandbox, const Paths& paths,
                  const CandidateOptions& options)
      : stage_(stage), sandbox_(sandbox), paths_(paths), options_(options) {}

  /// Applies, compiles, runs; stops at the first thing that settles the verdict. `slot`: a number that no other
  /// candidate at work has. `log` gets what the compiler said.
  CandidateEvidence run(const Prediction& prediction, const CaseSpec& spec, const CaseReference& reference, int slot,
                        std::string& log);

 private:
  CandidateStage const& stage_;
  CandidateSandbox const& sandbox_;
  Paths const& paths_;
  CandidateOptions const& options_;
};

}  // namespace hybugs
