// cases/ledger.yaml: every studied bug, its case, or why it has none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

struct LedgerRow {
  enum class State : std::uint8_t { has_case, same_as, planned, no_case };
  std::string id;
  std::string project;
  std::string commit;       // study rows
  std::int64_t number = 0;  // report rows
  std::string url;
  StudyLabels study;
  std::string mechanism;
  State state = State::planned;
  std::string target;  // the case's id, the other bug's id, or the reason
  int line = 0;
};

struct Ledger {
  std::vector<LedgerRow> study;
  std::vector<LedgerRow> reports;
};

/// Reads the ledger; mistakes are appended to `errors`.
Ledger read_ledger(const std::string& file, const std::string& display_file, Errors& errors);

/// Cross-checks ledger and corpus: each case has its row, each `case:` exists, each `same_as:` exists, ids are unique.
Errors check_ledger(const Ledger& ledger, const std::string& display_file, const std::vector<std::string>& case_ids);

}  // namespace hybugs
