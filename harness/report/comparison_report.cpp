#include "harness/report/comparison_report.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/report/junit_parts.h"
#include "harness/report/markdown.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"

namespace hybugs {
namespace {

std::vector<std::string> kinds_and_counts(const ExperimentComparison& comparison) {
  std::map<CaseChange::Kind, std::pair<int, int>> counts;  // all, unexpected
  for (const CaseChange& change : comparison.changes) {
    auto& [all, unexpected] = counts[change.kind];
    ++all;
    unexpected += change.unexpected ? 1 : 0;
  }
  std::vector<std::string> parts;
  for (const auto& [kind, count] : counts) {
    parts.push_back(fmt::format("{} {}", count.first, kind_name(kind)));
    if (count.second > 0) parts.back() += fmt::format(" ({} unexpected)", count.second);
  }
  return parts;
}

std::string context_lines(const ExperimentComparison& comparison) {
  std::string text;
  for (const std::string& line : comparison.context) text += one_line(line) + "\n";
  if (!comparison.not_comparable.empty()) {
    text += fmt::format("times are not compared: {}\n",
                        one_line(fmt::format("{}", fmt::join(comparison.not_comparable, "; "))));
  }
  return text;
}

std::string change_text(const CaseChange& change, int width, bool colour) {
  const bool bad = change.unexpected;
  std::string text =
      fmt::format("{} {} {}\n", painted(bad ? "✗" : " ", kRed, colour),
                  painted(fmt::format("{:<16}", kind_name(change.kind)), bad ? kRed : kBold, colour), change.id);
  if (!change.before.empty()) text += fmt::format("    was: {}\n", fit(change.before, width - 9));
  if (!change.after.empty()) text += fmt::format("    is:  {}\n", fit(change.after, width - 9));
  return text;
}

void add_change(tinyxml2::XMLPrinter& printer, const CaseChange& change) {
  Element testcase(printer, "testcase");
  testcase.attribute("classname", kind_name(change.kind));
  testcase.attribute("name", change.id);
  if (!change.unexpected) return;
  Element problem(printer, "failure");
  problem.attribute("type", kind_name(change.kind));
  problem.attribute("message", one_line(change.after));
  problem.text(fmt::format("was: {}\nis:  {}\n", change.before, change.after));
}

}  // namespace

std::string comparison_counts(const ExperimentComparison& comparison) {
  const std::string total = counted(comparison.compared, "case") + " compared: ";
  if (comparison.changes.empty()) return total + "nothing changed";
  return total + fmt::format("{}", fmt::join(kinds_and_counts(comparison), ", "));
}

std::string comparison_text(const ExperimentComparison& comparison, int width, bool colour) {
  std::string text = context_lines(comparison);
  if (!text.empty()) text += "\n";
  for (const CaseChange& change : comparison.changes) text += change_text(change, width, colour);
  if (!comparison.changes.empty()) text += "\n";
  const Style style = comparison.has_unexpected() ? kBold | kRed : kBold;
  return text + painted(comparison_counts(comparison), style, colour) + "\n";
}

std::string comparison_markdown(const ExperimentComparison& comparison) {
  std::string text = "# Comparison\n\n" + comparison_counts(comparison) + ".\n";
  for (const std::string& line : comparison.context) text += "\n- " + markdown_cell(line);
  for (const std::string& line : comparison.not_comparable)
    text += "\n- times are not compared: " + markdown_cell(line);
  if (!comparison.changes.empty()) text += "\n\n| case | change | was | is |\n|---|---|---|---|";
  for (const CaseChange& change : comparison.changes) {
    text += fmt::format("\n| {} | {}{} | {} | {} |", markdown_cell(change.id), kind_name(change.kind),
                        change.unexpected ? ", **unexpected**" : "", markdown_cell(change.before),
                        markdown_cell(change.after));
  }
  return text + "\n";
}

std::string comparison_junit(const ExperimentComparison& comparison) {
  tinyxml2::XMLPrinter printer;
  printer.PushHeader(false, true);
  {
    Element suites(printer, "testsuites");
    Element suite(printer, "testsuite");
    int failures = 0;
    for (const CaseChange& change : comparison.changes) failures += change.unexpected ? 1 : 0;
    suite.attribute("name", "hybugs compare");
    suite.attribute("tests", std::to_string(comparison.changes.size()));
    suite.attribute("failures", std::to_string(failures));
    for (const CaseChange& change : comparison.changes) add_change(printer, change);
  }
  return printer.CStr();
}

nlohmann::json comparison_json(const ExperimentComparison& comparison) {
  nlohmann::json changes = nlohmann::json::array();
  for (const CaseChange& change : comparison.changes) {
    changes.push_back({{"id", change.id},
                       {"change", kind_name(change.kind)},
                       {"unexpected", change.unexpected},
                       {"before", change.before},
                       {"after", change.after}});
  }
  return {{"compared", comparison.compared},
          {"context", comparison.context},
          {"not_comparable", comparison.not_comparable},
          {"changes", std::move(changes)}};
}

}  // namespace hybugs
