#include "harness/io/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/io/corpus.h"
#include "harness/io/files.h"
#include "harness/io/yaml_map.h"
#include "harness/io/yaml_parts.h"

namespace hybugs {
namespace {

struct StateKey {
  const char* key;
  LedgerRow::State state;
};

constexpr StateKey kStateKeys[] = {{"case", LedgerRow::State::has_case},
                                   {"same_as", LedgerRow::State::same_as},
                                   {"planned", LedgerRow::State::planned},
                                   {"no_case", LedgerRow::State::no_case}};

void read_state_value(YamlMap& map, const StateKey& state, LedgerRow& row) {
  row.state = state.state;
  if (state.state != LedgerRow::State::planned) {
    map.read(state.key, row.target);
    return;
  }
  bool planned = true;
  map.read(state.key, planned);
  if (!planned) map.error(state.key, "planned is true or left out", "no_case: REASON is for bugs that become no case");
}

/// Exactly one of the four keys.
void read_state(YamlMap& map, LedgerRow& row) {
  int states = 0;
  for (const StateKey& state : kStateKeys) {
    map.expect(state.key);
    if (!map.has(state.key)) continue;
    if (states++ == 0) {
      read_state_value(map, state, row);
    } else {
      map.error(state.key, fmt::format("a second state, '{}'", state.key),
                "keep one of case, same_as, planned, no_case");
    }
  }
  if (states == 0) {
    map.error("id", fmt::format("row '{}' says nothing about its case", row.id),
              "add one of case: ID, same_as: ID, planned: true, no_case: REASON");
  }
}

void read_study_row(YamlMap& map, LedgerRow& row) {
  const bool complete = require_sha(map, row.commit);
  read_study(map, row.study, Need::required);
  read_mechanism(map, row.mechanism, Need::optional);
  if (!read_url(map, row.url, Need::optional) && complete) row.url = commit_url(row.project, row.commit);
}

void read_report_row(YamlMap& map, LedgerRow& row) {
  read_number(map, "number", row.number, at_least(1), Need::required);
  read_study(map, row.study, Need::optional);
  read_mechanism(map, row.mechanism, Need::required);
  read_url(map, row.url, Need::required);
}

void require_id(YamlMap& map, std::string& id) {
  if (!map.require("id", id) || is_case_id(id)) return;
  map.error("id", fmt::format("'{}' can't be the name of a case", id), "use A-Z, a-z, 0-9, '.', '_' and '-'");
}

using RowReader = void (*)(YamlMap&, LedgerRow&);

YamlMap::Reader append_to(std::vector<LedgerRow>& rows, RowReader read_rest) {
  return [&rows, read_rest](YamlMap& map) {
    LedgerRow& row = rows.emplace_back();
    row.line = map.line();
    require_id(map, row.id);
    require_project(map, row.project);
    read_rest(map, row);
    read_state(map, row);
  };
}

/// The cross-checks, with the rows of both lists by id.
class Checker {
 public:
  Checker(const Ledger& ledger, std::string file) : file_(std::move(file)) {
    for (const auto* rows : {&ledger.study, &ledger.reports}) {
      for (const LedgerRow& row : *rows) add(row);
    }
  }

  Errors check(const std::vector<std::string>& case_ids) {
    for (const auto& [id, row] : rows_) check_row(*row, case_ids);
    for (const std::string& id : case_ids) check_case(id);
    std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) { return a.line < b.line; });
    return std::move(errors_);
  }

 private:
  void add(const LedgerRow& row) {
    const auto [first, added] = rows_.emplace(row.id, &row);
    if (!added) error(row, "has a row already", fmt::format("line {}", first->second->line));
  }

  void check_row(const LedgerRow& row, const std::vector<std::string>& case_ids) {
    if (row.state == LedgerRow::State::has_case) check_target_case(row, case_ids);
    if (row.state == LedgerRow::State::same_as) check_target_row(row);
  }

  void check_target_case(const LedgerRow& row, const std::vector<std::string>& case_ids) {
    if (row.target != row.id) {
      error(row, fmt::format("says case: {}, but the case has the row's id", row.target),
            "same_as: ID points to another row");
    } else if (std::find(case_ids.begin(), case_ids.end(), row.target) == case_ids.end()) {
      error(row, fmt::format("says case: {}, but there is no such case", row.target),
            nearest_hint(row.target, case_ids));
    }
  }

  void check_target_row(const LedgerRow& row) {
    const auto other = rows_.find(row.target);
    if (other == rows_.end()) {
      error(row, fmt::format("says same_as: {}, but there is no such row", row.target),
            nearest_hint(row.target, ids()));
    } else if (other->second->state == LedgerRow::State::same_as) {
      error(row, fmt::format("says same_as: {}, which is the same as yet another row", row.target),
            "point to the row that decides");
    }
  }

  void check_case(const std::string& id) {
    const auto row = rows_.find(id);
    if (row == rows_.end()) {
      errors_.push_back({file_, 0, fmt::format("case '{}' has no row", id), "add one with case: " + id});
    } else if (row->second->state != LedgerRow::State::has_case) {
      error(*row->second, "doesn't say that the case exists", "write case: " + id);
    }
  }

  void error(const LedgerRow& row, const std::string& message, const std::string& hint) {
    errors_.push_back({file_, row.line, fmt::format("'{}' {}", row.id, message), hint});
  }

  static std::string nearest_hint(const std::string& word, const std::vector<std::string>& candidates) {
    const std::string nearest = nearest_word(word, candidates);
    return nearest.empty() ? "" : fmt::format("did you mean '{}'?", nearest);
  }

  std::vector<std::string> ids() const {
    std::vector<std::string> result;
    for (const auto& [id, row] : rows_) result.push_back(id);
    return result;
  }

  std::string file_;
  std::map<std::string, const LedgerRow*> rows_;
  Errors errors_;
};

}  // namespace

Ledger read_ledger(const std::string& file, const std::string& display_file, Errors& errors) {
  Ledger ledger;
  const Result<std::string> text = read_file(file);
  if (!text) {
    errors.push_back({display_file, 0, text.error().message, text.error().hint});
    return ledger;
  }
  read_yaml(*text, display_file, errors, [&](YamlMap& map) {
    map.require_list("study", append_to(ledger.study, read_study_row));
    map.require_list("reports", append_to(ledger.reports, read_report_row));
  });
  return ledger;
}

Errors check_ledger(const Ledger& ledger, const std::string& display_file, const std::vector<std::string>& case_ids) {
  return Checker(ledger, display_file).check(case_ids);
}

}  // namespace hybugs
