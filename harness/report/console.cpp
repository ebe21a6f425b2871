#include "harness/report/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "harness/core/vocabulary.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"
#include "harness/report/timing_table.h"

namespace hybugs {
namespace {

constexpr int kLeastEvidence = 20;  // columns, below which evidence says nothing

struct Look {
  const char* mark;
  std::string verdict;
  Style style;
};

Look look_of(const CaseResult& result) {
  const std::string verdict = to_string(result.verdict);
  if (result.harness_error) return {"!", "harness_error", kRed};
  if (result.as_expected()) return {" ", verdict, kGreen};
  const bool warning = result.verdict == Verdict::inconclusive || result.verdict == Verdict::unsupported;
  return warning ? Look{"?", verdict, kYellow} : Look{"✗", verdict, kRed};
}

/// The columns that a table may do without when there is little room, the first to go first.
enum class Detail { all, no_mechanism, no_symptom };

TextTable table_of(const Experiment& experiment, Detail detail) {
  std::vector<Column> columns = {{""}, {"case"}};
  if (detail == Detail::all) columns.push_back({"mechanism"});
  if (detail != Detail::no_symptom) columns.push_back({"symptom"});
  columns.insert(columns.end(),
                 {{"verdict"}, {"evidence", Column::Align::left, kLeastEvidence}, {"time", Column::Align::right}});
  TextTable table(columns);
  for (const CaseResult& result : experiment.results) {
    const Look look = look_of(result);
    std::vector<Cell> row = {{look.mark, look.style}, result.id};
    if (detail == Detail::all) row.push_back(result.mechanism);
    if (detail != Detail::no_symptom) row.push_back(to_string(result.symptom));
    row.insert(row.end(), {{look.verdict, look.style}, result.evidence, duration_text(result.seconds)});
    table.add(std::move(row));
  }
  return table;
}

/// For terminals too narrow for any table.
std::string verdict_lines(const Experiment& experiment, bool colour) {
  std::string out;
  for (const CaseResult& result : experiment.results) {
    const Look look = look_of(result);
    out += painted(fmt::format("{} {}: {}", look.mark, result.id, look.verdict), look.style, colour) + "\n";
  }
  return out;
}

std::string rows_text(const Experiment& experiment, int width, bool colour) {
  if (experiment.results.empty()) return "";
  for (const Detail detail : {Detail::all, Detail::no_mechanism, Detail::no_symptom}) {
    const TextTable table = table_of(experiment, detail);
    if (table.least_width() <= width) return table.text(width, colour);
  }
  return verdict_lines(experiment, colour);
}

std::string problem_text(const CaseResult& result, bool colour) {
  const Look look = look_of(result);
  std::string out = fmt::format("{} {}: {}", painted(look.mark, look.style, colour), result.id,
                                painted(look.verdict, look.style, colour));
  if (!result.harness_error) out += ", expected " + to_string(result.expected);
  if (!result.evidence.empty()) out += ": " + one_line(result.evidence);
  out += "\n";
  if (!result.log.empty()) out += fmt::format("    log:    {}\n", one_line(result.log));
  if (!result.repeat.empty()) out += fmt::format("    repeat: {}\n", one_line(result.repeat));
  return out;
}

std::string times_text(const Experiment& experiment, int width, bool colour) {
  const std::string table = ratio_table(ratio_rows(experiment), width, colour);
  return table.empty() ? "" : "Time of buggy against fixed:\n" + table;
}

std::string context_text(const Context& context) {
  std::vector<std::string> parts;
  if (!context.libtorch.empty()) parts.push_back("LibTorch " + context.libtorch);
  for (const std::string* part : {&context.blas, &context.compiler, &context.machine}) {
    if (!part->empty()) parts.push_back(one_line(*part));
  }
  if (context.cores > 0) parts.push_back(counted(static_cast<std::size_t>(context.cores), "core"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string problems_text(const Experiment& experiment, bool colour) {
  std::string out;
  for (const CaseResult& result : experiment.results) {
    if (!result.as_expected()) out += problem_text(result, colour);
  }
  return out;
}

std::string summary_counts(const Experiment& experiment) {
  // In the order of the words: reproduced first, the harness's own errors last.
  std::map<std::pair<int, bool>, int> counts;
  const int harness_error = static_cast<int>(words<Verdict>().size());
  for (const CaseResult& result : experiment.results) {
    const int verdict = result.harness_error ? harness_error : static_cast<int>(result.verdict);
    ++counts[{verdict, result.as_expected()}];
  }
  std::vector<std::string> parts;
  for (const auto& [key, count] : counts) {
    const auto [verdict, as_expected] = key;
    std::string word = verdict == harness_error ? "harness_error" : to_string(static_cast<Verdict>(verdict));
    const bool reproduced = verdict == static_cast<int>(Verdict::reproduced);
    if (as_expected != reproduced) word += reproduced ? " unexpectedly" : as_expected ? " as expected" : "";
    parts.push_back(fmt::format("{} {}", count, word));
  }
  const std::string total = counted(experiment.results.size(), "case");
  return parts.empty() ? total : fmt::format("{}: {}", total, fmt::join(parts, ", "));
}

std::string summary_table(const Experiment& experiment, int width, bool colour) {
  std::string out = rows_text(experiment, width, colour);
  const auto add = [&](const std::string& section) {
    if (!section.empty()) out += (out.empty() ? "" : "\n") + section;
  };
  add(problems_text(experiment, colour));
  add(times_text(experiment, width, colour));
  const bool good = std::all_of(experiment.results.begin(), experiment.results.end(),
                                [](const CaseResult& result) { return result.as_expected(); });
  const std::string context = painted(context_text(experiment.context), kDim, colour);
  const std::string counts = painted(summary_counts(experiment), good ? kBold : kBold | kRed, colour);
  add((context.empty() ? "" : context + "\n") + counts + "\n");
  return out;
}

}  // namespace hybugs
