// A first look at the time of a call, for tasks about time. The verdict is made elsewhere, with an interval.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "harness/exec/worker.h"

namespace hybugs {

/// Seconds of the call that the task is about, in its phase: the median of a few.
struct Speed {
  double hybrid = 0;
  double eager = 0;
};

/// A program of a library.
struct TimedProgram {
  std::string library;
  ProgramKind kind = ProgramKind::hybrid;
};

/// Seconds of that call for each of the programs, in one host.
Result<std::vector<double>> time_programs(const Worker& worker, const std::vector<TimedProgram>& programs,
                                          const CaseSpec& settings);

Result<Speed> measure_speed(const Worker& worker, const std::string& library, const CaseSpec& settings);

/// `call 3 (steady): hybrid 850 us, eager 500 us`
std::string speed_text(const Speed& speed, const Timing& timing);

}  // namespace hybugs
