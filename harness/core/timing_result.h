// Times of a pair of variants and what they say about their ratio.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hybugs {

/// One block: `calls` calls of one warm process, timed by the parent.
struct TimingSample {
  std::string program;  // `buggy`, `fixed`, `eager`
  int pair = 0;         // blocks of one pair ran next to each other
  int process = 0;      // number of the process that ran it
  int calls = 0;
  double seconds = 0;  // max(wall, CPU time of the process tree)
  double wall_seconds = 0;
  double cpu_seconds = 0;
};

/// An interval for the ratio of times.
struct RatioInterval {
  double ratio = 0;
  double low = 0;
  double high = 0;
  int pairs = 0;
};

struct TimingResult {
  RatioInterval against_fixed;        // buggy / fixed
  std::vector<TimingSample> samples;  // all of them, in the order of time
  std::string failure;                // why there are no times: a crash, wrong outputs while timed; else empty
  std::string google_benchmark;       // Google Benchmark's own JSON for the same work, reported beside
};

}  // namespace hybugs
