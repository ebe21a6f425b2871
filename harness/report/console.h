// The summary of an experiment for people.
#pragma once

#include <string>

#include "harness/core/case_result.h"

namespace hybugs {

/// One row a case, with what is unexpected marked; below it the counts, what was not as expected with the command that
/// repeats it alone, and the ratios of cases that were timed. Narrow terminals get fewer columns, then no table.
std::string summary_table(const Experiment& experiment, int width, bool colour);

/// What was not as expected: verdict, evidence, log and the command that repeats it alone.
std::string problems_text(const Experiment& experiment, bool colour);

/// `16 cases: 14 reproduced, 1 unsupported as expected, 1 flaky`.
std::string summary_counts(const Experiment& experiment);

}  // namespace hybugs
