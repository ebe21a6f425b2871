// The times of an experiment in Google Benchmark's own JSON format.
#pragma once

#include <string>

#include "harness/core/case_result.h"

namespace hybugs {

/// `benchmarks`: a run with repetitions for each timed program, named `ID/buggy`, `ID/fixed`. Google Benchmark's
/// tools/compare.py reads it: `compare.py filters FILE ID/fixed FILE ID/buggy`, or two files against each other.
std::string google_benchmark_json(const Experiment& experiment);

}  // namespace hybugs
