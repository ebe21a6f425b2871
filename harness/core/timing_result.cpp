#include "harness/core/timing_result.h"

#include "harness/core/statistics.h"

namespace hybugs {

double seconds_per_call(const TimingResult& timing, const std::string& program, TimingPhase phase) {
  std::vector<double> seconds;
  for (const TimingSample& sample : timing.samples) {
    const bool counts = sample.program == program && sample.phase == phase && sample.calls > 0;
    if (counts) seconds.push_back(sample.seconds / sample.calls);
  }
  return median(std::move(seconds));
}

}  // namespace hybugs
