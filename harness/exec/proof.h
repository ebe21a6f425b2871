// Proof of a case by the design's rules: all that makes it evidence.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/judge.h"
#include "harness/exec/case_runner.h"
#include "harness/exec/timing.h"

namespace hybugs {

enum class ProofLevel : std::uint8_t { quick, full };

struct ProofStep {
  std::string rule;  // `buggy shows the symptom on 20 seeds`
  bool passed = false;
  std::string detail;  // evidence or what went wrong, one line
};

struct Proof {
  std::vector<ProofStep> steps;
  bool harness_error = false;

  bool passed() const;
};

/// How many seeds and repetitions a proof takes. Full: 20 seeds, 2 of them 10 times; crashes and hangs 5 seeds, 3
/// times; slow and memory 3 verdicts in a row on different seeds. Quick: 3 seeds once, timing as a smoke.
struct ProofPlan {
  int seeds = 3;
  int repeated_seeds = 0;
  int repetitions = 0;
  int timings = 1;
  int pairs = 2;  // at most, of a timing
};

ProofPlan plan_of(Symptom symptom, ProofLevel level);

/// Proves one case. `exclusive` runs its argument while no other trial runs: timing needs the machine for itself.
Proof prove_case(Worker& worker, const Paths& paths, const CaseSpec& spec, ProofLevel level,
                 const std::function<void(const std::function<void()>&)>& exclusive);

}  // namespace hybugs
