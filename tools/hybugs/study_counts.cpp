#include "tools/hybugs/study_counts.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

namespace hybugs {
namespace {

nlohmann::json to_json(const LedgerCounts& counts) {
  return {{"bugs", counts.bugs},
          {"cases", counts.cases},
          {"planned", counts.planned},
          {"same_as", counts.same},
          {"no_case", counts.no_case}};
}

}  // namespace

void LedgerCounts::add(LedgerRow::State state) {
  ++bugs;
  switch (state) {
    case LedgerRow::State::has_case:
      ++cases;
      break;
    case LedgerRow::State::planned:
      ++planned;
      break;
    case LedgerRow::State::same_as:
      ++same;
      break;
    case LedgerRow::State::no_case:
      ++no_case;
      break;
  }
}

const std::vector<Dimension>& study_dimensions() {
  static const std::vector<Dimension> list = {
      {"category", [](const LedgerRow& row) { return row.study.category; }},
      {"cause", [](const LedgerRow& row) { return row.study.cause; }},
      {"symptom", [](const LedgerRow& row) { return row.study.symptom; }},
      {"fix", [](const LedgerRow& row) { return row.study.fix; }},
  };
  return list;
}

const std::vector<Dimension>& report_dimensions() {
  static const std::vector<Dimension> list = {{"mechanism", [](const LedgerRow& row) { return row.mechanism; }}};
  return list;
}

LedgerCounts count_rows(const std::vector<LedgerRow>& rows) {
  LedgerCounts counts;
  for (const LedgerRow& row : rows) counts.add(row.state);
  return counts;
}

std::vector<LabelCounts> count_by(const std::vector<LedgerRow>& rows, const Dimension& dimension) {
  std::map<std::string, LedgerCounts> by_label;
  for (const LedgerRow& row : rows) by_label[dimension.label(row)].add(row.state);
  std::vector<LabelCounts> result;
  result.reserve(by_label.size());
  for (const auto& [label, counts] : by_label) result.push_back({label, counts});
  const auto order = [](const LabelCounts& entry) {
    return std::tuple(entry.label.empty(), -static_cast<long>(entry.counts.bugs), entry.label);
  };
  std::sort(result.begin(), result.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return result;
}

nlohmann::json counts_json(const std::vector<LedgerRow>& rows, const std::vector<Dimension>& dimensions) {
  nlohmann::json json = {{"total", to_json(count_rows(rows))}, {"reasons", nlohmann::json::object()}};
  for (const Dimension& dimension : dimensions) {
    nlohmann::json& list = json["by"][dimension.name] = nlohmann::json::array();
    for (const LabelCounts& entry : count_by(rows, dimension)) {
      list.push_back({{"label", entry.label.empty() ? nlohmann::json() : nlohmann::json(entry.label)},
                      {"counts", to_json(entry.counts)}});
    }
  }
  for (const LedgerRow& row : rows) {
    if (row.state == LedgerRow::State::no_case) json["reasons"][row.id] = row.target;
  }
  return json;
}

}  // namespace hybugs
