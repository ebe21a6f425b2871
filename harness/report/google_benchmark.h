// The times of an experiment in Google Benchmark's own JSON format.
#pragma once

#include <string>

#include "harness/core/case_result.h"

namespace hybugs {

/// `benchmarks`: a run with repetitions for each timed program, named `ID/buggy`, `ID/fixed`. Google Benchmark's
/// tools/compare.py reads it: `compare.py filters FILE ID/fixed FILE ID/buggy`, or two files against each other.
std::string google_benchmark_json(const Experiment& experiment);

/// The ratio buggy/fixed of real times as Google Benchmark saw them inside the trials, one after the other; 0 where it
/// was not run. For comparison only: verdicts come from the harness's own clock.
double google_benchmark_ratio(const TimingResult& timing);

}  // namespace hybugs
