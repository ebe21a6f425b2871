// Times of a pair of variants and what they say about their ratio.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"

namespace hybugs {

/// `pair` of a sample that belongs to none: a call of the warm-up, or of another phase than the judged one.
inline constexpr int kNoPair = -1;

/// One block: `calls` calls of one warm process, timed by the parent.
struct TimingSample {
  std::string program;  // `buggy`, `fixed`, `eager`, or the variant's name
  TimingPhase phase = TimingPhase::steady;
  int pair = kNoPair;  // blocks of one pair ran next to each other
  int process = 0;     // number of the process that ran it, among the program's
  int calls = 0;
  double seconds = 0;  // max(wall without waiting, CPU time of the process tree)
  double wall_seconds = 0;
  double cpu_seconds = 0;
  double waiting_seconds = 0;  // in which threads of the program were ready to run and other processes had the CPU
  bool disturbed = false;      // a program of its pair had to wait for a CPU too long
};

/// An interval for the median ratio of times.
struct RatioInterval {
  double ratio = 0;
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  int pairs = 0;
};

/// What a program takes beside time, from untimed trials of one scenario.
struct ProgramUse {
  std::string program;
  std::int64_t peak_bytes = 0;  // peak resident memory over the start of the trial
  double growth_per_call = 0;   // of the live heap, in bytes
  std::int64_t graphs = 0;      // executed in all calls of the scenario
  std::int64_t operators = 0;   // run inside graphs
};

struct TimingResult {
  double threshold = 0;               // of the judgement on against_fixed; 0: none
  RatioInterval against_fixed;        // buggy / fixed
  RatioInterval against_eager;        // buggy / eager: above 1, the graph is slower than no graph
  RatioInterval fixed_against_eager;  // fixed / eager
  std::vector<TimingSample> samples;  // all of them, in the order of time
  std::vector<ProgramUse> use;
  int disturbed_pairs = 0;       // in which a program had to wait for a CPU too long
  std::string stopped;           // why it ended before the threshold was decided; else empty
  std::string failure;           // why there are no times: a crash, wrong outputs while timed; else empty
  std::string google_benchmark;  // Google Benchmark's own JSON for the same work, reported beside
};

/// Median seconds a call of a program in a phase over all its samples, 0 where there are none. The judged
/// phase is that of the samples with a pair.
double seconds_per_call(const TimingResult& timing, const std::string& program, TimingPhase phase);

}  // namespace hybugs
