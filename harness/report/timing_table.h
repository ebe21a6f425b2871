// Times of an experiment as tables for terminals and files.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_result.h"

namespace hybugs {

/// What one row of ratio_table() shows.
struct RatioRow {
  std::string id;
  TimingResult timing;
  double threshold = 0;  // that the ratio is judged against; 0: none
  std::string verdict;
  bool as_expected = true;
};

/// A drawing of `interval` on a logarithmic axis of `width` columns, on which 1 is at the left end and `threshold` a
/// third of the way, marked by `|`: `       | [=*==]`. `<` and `>`: it goes on beyond the end. Without a threshold, 2
/// takes its place and no mark is drawn.
std::string interval_drawing(const RatioInterval& interval, double threshold, int width);

/// A line for each comparison: the ratio buggy/fixed, its interval, the drawing, the ratio against eager, pairs,
/// verdict.
std::string ratio_table(const std::vector<RatioRow>& rows, int width, bool colour);

/// A line for each program: seconds a call in each phase, peak memory, growth, graphs executed.
std::string phase_table(const std::vector<RatioRow>& rows, int width, bool colour);

/// The timed cases of an experiment.
std::vector<RatioRow> ratio_rows(const Experiment& experiment);

}  // namespace hybugs
