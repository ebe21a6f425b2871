// The trials of one public seed, and what they show, in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/trial_record.h"
#include "harness/exec/worker.h"

namespace hybugs {

struct SeedOutcome {
  std::uint64_t seed = 0;
  TrialRecord eager;
  TrialRecord hybrid;
  std::optional<TrialRecord> observed;  // hybrid again, with the operators counted; only where it came to its end
  std::optional<TrialRecord> measured;  // hybrid again, with the live heap read; tasks about memory only
};

/// Runs both programs of `library` over scenario(seed).
SeedOutcome run_seed(Worker& worker, const std::string& library, const CaseSpec& settings, std::uint64_t seed);

/// Why nothing can be said: the library doesn't load, eager fails or the harness does. Empty: all is well.
std::string failure_of(const SeedOutcome& outcome);

/// What the hybrid program does otherwise than eager, or an empty string.
std::string disagreement_of(const SeedOutcome& outcome, const CaseSpec& settings);

/// `seed 0: agrees with eager in 5 calls`, or the first disagreement; the operators; what the program printed.
std::string seed_text(const SeedOutcome& outcome, const CaseSpec& settings);

}  // namespace hybugs
