// What became of the bugs in the ledger, in numbers.
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "harness/io/ledger.h"

namespace hybugs {

struct LedgerCounts {
  std::size_t bugs = 0;
  std::size_t cases = 0;
  std::size_t planned = 0;
  std::size_t same = 0;     // the same bug as another row
  std::size_t no_case = 0;  // no case can honestly be made

  void add(LedgerRow::State state);
};

/// The rows that share a label; an empty label stands for rows that have none.
struct LabelCounts {
  std::string label;
  LedgerCounts counts;
};

/// One way to sort bugs: `category`, and where a row says it.
struct Dimension {
  std::string name;
  std::function<std::string(const LedgerRow&)> label;
};

/// The study's labels: category, cause, symptom, fix.
const std::vector<Dimension>& study_dimensions();

/// What the reports are sorted by: mechanism.
const std::vector<Dimension>& report_dimensions();

LedgerCounts count_rows(const std::vector<LedgerRow>& rows);

/// Most bugs first, then by label; the rows without one last.
std::vector<LabelCounts> count_by(const std::vector<LedgerRow>& rows, const Dimension& dimension);

/// `total`, the counts `by` each dimension, and the `reasons` of the bugs that can't be cases, by id.
nlohmann::json counts_json(const std::vector<LedgerRow>& rows, const std::vector<Dimension>& dimensions);

}  // namespace hybugs
