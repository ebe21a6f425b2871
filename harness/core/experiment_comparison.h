// What changed between two experiments: two LibTorch versions, two commits, two machines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/case_result.h"

namespace hybugs {

struct CaseChange {
  enum class Kind : std::uint8_t {
    appeared,     // the buggy program agreed with eager and fails now
    disappeared,  // it failed and agrees with eager now
    verdict,      // any other change of the verdict
    evidence,     // fails with the same verdict, but otherwise: another call, message, or size of the error
    timing,       // same verdict, but a ratio of times moved: the intervals don't touch
    added,        // only in the newer experiment
    gone          // only in the older one
  };
  std::string id;
  Kind kind = Kind::verdict;
  bool unexpected = false;  // the newer verdict isn't what the case expects
  std::string before;       // what was seen, one line each; empty where there is nothing
  std::string after;
};

struct ExperimentComparison {
  std::vector<CaseChange> changes;          // by kind, then by id
  std::vector<std::string> context;         // where the contexts differ, one line each
  std::vector<std::string> not_comparable;  // why times say nothing; empty: they were compared
  std::size_t compared = 0;                 // cases that are in both

  bool has_unexpected() const;
};

/// An error of this many times the other one's counts as changed evidence.
inline constexpr double kErrorFactor = 1.1;

ExperimentComparison compare_experiments(const Experiment& before, const Experiment& after);

/// `appeared`, `disappeared`, `verdict changed` ...
const char* kind_name(CaseChange::Kind kind);

}  // namespace hybugs
