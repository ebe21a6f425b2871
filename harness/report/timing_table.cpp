#include "harness/report/timing_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/core/vocabulary.h"
#include "harness/report/google_benchmark.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"

namespace hybugs {
namespace {

constexpr int kDrawingWidth = 30;
constexpr double kUnmarkedThreshold = 2;

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.3g}", value) : "inf";
}

std::string ratio_or_dash(const RatioInterval& interval) {
  return interval.pairs > 0 ? number(interval.ratio) : "-";
}

std::string interval_text(const RatioInterval& interval) {
  if (interval.pairs == 0 || !std::isfinite(interval.high)) return "-";
  return fmt::format("{} to {}", number(interval.low), number(interval.high));
}

std::string beside(const TimingResult& timing) {
  const double ratio = google_benchmark_ratio(timing);
  return ratio > 0 ? number(ratio) : "-";
}

/// `12.3 us`, `4.56 ms`, `1.2 s`.
std::string short_time(double seconds) {
  if (seconds < 1e-3) return fmt::format("{:.3g} us", seconds * 1e6);
  return seconds < 1 ? fmt::format("{:.3g} ms", seconds * 1e3) : fmt::format("{:.3g} s", seconds);
}

std::string call_time(const TimingResult& timing, const std::string& program, TimingPhase phase) {
  const double seconds = seconds_per_call(timing, program, phase);
  return seconds > 0 ? short_time(seconds) : "-";
}

std::vector<std::string> programs_of(const TimingResult& timing) {
  std::vector<std::string> programs;
  for (const TimingSample& sample : timing.samples) {
    if (std::find(programs.begin(), programs.end(), sample.program) == programs.end()) {
      programs.push_back(sample.program);
    }
  }
  std::sort(programs.begin(), programs.end());
  return programs;
}

std::string bytes_text(double bytes) {
  if (std::abs(bytes) < 1e3) return fmt::format("{:.0f} B", bytes);
  return std::abs(bytes) < 1e6 ? fmt::format("{:.1f} KB", bytes / 1e3) : fmt::format("{:.1f} MB", bytes / 1e6);
}

void add_use(std::vector<Cell>& row, const TimingResult& timing, const std::string& program) {
  const auto use = std::find_if(timing.use.begin(), timing.use.end(),
                                [&](const ProgramUse& candidate) { return candidate.program == program; });
  if (use == timing.use.end()) return;
  row.insert(row.end(), {bytes_text(static_cast<double>(use->peak_bytes)), bytes_text(use->growth_per_call),
                         std::to_string(use->graphs), std::to_string(use->operators)});
}

TextTable table_of(const std::vector<RatioRow>& rows, bool drawn) {
  std::vector<Column> columns = {{"case"}, {"ratio", Column::Align::right}, {"interval"}};
  if (drawn) columns.push_back({"1        threshold"});
  for (const char* title : {"at least", "to eager", "GB", "pairs"}) columns.push_back({title, Column::Align::right});
  columns.push_back({"verdict"});
  TextTable table(std::move(columns));
  for (const RatioRow& row : rows) {
    const RatioInterval& ratio = row.timing.against_fixed;
    std::vector<Cell> cells = {row.id, ratio_or_dash(ratio), interval_text(ratio)};
    if (drawn) cells.push_back(interval_drawing(ratio, row.threshold, kDrawingWidth));
    cells.insert(cells.end(), {row.threshold > 0 ? number(row.threshold) : "-", ratio_or_dash(row.timing.against_eager),
                               beside(row.timing), std::to_string(ratio.pairs),
                               Cell(row.verdict, row.as_expected ? kGreen : kYellow)});
    table.add(std::move(cells));
  }
  return table;
}

// What is to be said beside the numbers.
std::string remarks(const RatioRow& row) {
  std::string text;
  const std::string& why = row.timing.failure.empty() ? row.timing.stopped : row.timing.failure;
  if (!why.empty()) text += fmt::format("{}: {}\n", row.id, one_line(why));
  if (row.timing.disturbed_pairs == 0) return text;
  return text + fmt::format("{}: in {} of {} a program had to wait for a CPU\n", row.id, row.timing.disturbed_pairs,
                            counted(static_cast<std::size_t>(row.timing.against_fixed.pairs), "pair"));
}

}  // namespace

std::string interval_drawing(const RatioInterval& interval, double threshold, int width) {
  const int mark = width / 3;
  const double unit = std::log(threshold > 1 ? threshold : kUnmarkedThreshold) / mark;
  const auto column = [&](double ratio) { return std::lround(std::log(ratio) / unit); };
  std::string drawing(static_cast<std::size_t>(width), ' ');
  const auto put = [&](long at, char what) {
    if (at >= 0 && at < width) drawing[static_cast<std::size_t>(at)] = what;
  };
  if (threshold > 1) put(mark, '|');
  if (interval.pairs == 0 || !std::isfinite(interval.high) || interval.low <= 0) return drawing;
  const long low = column(interval.low);
  const long high = column(interval.high);
  for (long at = std::max(low, 0L); at <= std::min<long>(high, width - 1); ++at) put(at, '=');
  put(low, '[');
  put(high, ']');
  put(column(interval.ratio), '*');
  if (low < 0) put(0, '<');
  if (high >= width) put(width - 1, '>');
  return drawing;
}

std::string ratio_table(const std::vector<RatioRow>& rows, int width, bool colour) {
  if (rows.empty()) return "";
  const TextTable drawn = table_of(rows, true);
  std::string text = (drawn.least_width() <= width ? drawn : table_of(rows, false)).text(width, colour);
  for (const RatioRow& row : rows) text += remarks(row);
  return text;
}

std::string phase_table(const std::vector<RatioRow>& rows, int width, bool colour) {
  TextTable table({{"case"},
                   {"program"},
                   {"first call", Column::Align::right},
                   {"new shape", Column::Align::right},
                   {"steady", Column::Align::right},
                   {"peak memory", Column::Align::right},
                   {"growth a call", Column::Align::right},
                   {"graphs", Column::Align::right},
                   {"operators in them", Column::Align::right}});
  for (const RatioRow& row : rows) {
    std::string id = row.id;
    for (const std::string& program : programs_of(row.timing)) {
      std::vector<Cell> cells = {id, program};
      for (TimingPhase phase : {TimingPhase::first_call, TimingPhase::new_shape, TimingPhase::steady}) {
        cells.push_back(call_time(row.timing, program, phase));
      }
      add_use(cells, row.timing, program);
      table.add(std::move(cells));
      id.clear();
    }
  }
  return rows.empty() ? "" : table.text(width, colour);
}

std::vector<RatioRow> ratio_rows(const Experiment& experiment) {
  std::vector<RatioRow> rows;
  for (const CaseResult& result : experiment.results) {
    if (!result.timing) continue;
    rows.push_back(
        {result.id, *result.timing, result.timing->threshold, to_string(result.verdict), result.as_expected()});
  }
  return rows;
}

}  // namespace hybugs
