// Calls of a program that its parent released one by one and measured from outside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hybugs {

struct DrivenCall {
  double cpu_seconds = -1;          // of the process tree; negative: the call threw or was never reached
  std::int64_t resident_bytes = 0;  // of the process tree, after the call
};

/// Several passes over one scenario on one object, one after the other.
struct DrivenCalls {
  std::size_t calls = 0;  // in one pass
  std::vector<DrivenCall> all;
};

/// CPU seconds of each call once it is warm: the least of all passes but the first. Negative where it never returned.
std::vector<double> warm_cpu(const DrivenCalls& driven);

/// Growth of the resident memory in bytes a call: the median slope (Theil, 1950; Sen, 1968) over the second half of all
/// calls, by when pools and graphs are there. 0 for fewer than eight calls.
double resident_growth_per_call(const DrivenCalls& driven);

}  // namespace hybugs
