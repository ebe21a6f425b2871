#include "harness/core/driven_calls.h"

#include "harness/core/statistics.h"

namespace hybugs {

std::vector<double> warm_cpu(const DrivenCalls& driven) {
  std::vector<double> least(driven.calls, -1.0);
  for (std::size_t i = driven.calls; i < driven.all.size(); ++i) {
    double& so_far = least[i % driven.calls];
    const double seconds = driven.all[i].cpu_seconds;
    if (seconds >= 0 && (so_far < 0 || seconds < so_far)) so_far = seconds;
  }
  return least;
}

double resident_growth_per_call(const DrivenCalls& driven) {
  constexpr std::size_t kFewestCalls = 8;
  if (driven.all.size() < kFewestCalls) return 0;
  std::vector<std::int64_t> bytes;
  for (const DrivenCall& call : driven.all) bytes.push_back(call.resident_bytes);
  return later_slope(bytes);
}

}  // namespace hybugs
