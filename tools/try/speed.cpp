#include "tools/try/speed.h"

#include <fmt/format.h>

#include <vector>

#include "harness/core/statistics.h"
#include "harness/core/vocabulary.h"
#include "harness/exec/timed_process.h"

namespace hybugs {
namespace {

constexpr int kProcesses = 3;  // a process keeps one layout of its memory
constexpr int kWarmCalls = 3;  // the profiling executor specialises in its first calls
constexpr int kSteadyCalls = 9;
constexpr std::uint64_t kFirstSeed = 1'000'003;  // of the timed inputs
constexpr double kTimeout = 60;

/// Times the call once (it happens once in a process) or, in the steady phase, again and again.
Result<std::vector<double>> time_process(TimedProcess& process, const Timing& timing) {
  const bool steady = timing.phase == TimingPhase::steady;
  const int before = timing.phase == TimingPhase::first_call ? 0 : timing.call;
  for (int call = 0; call < before; ++call) {
    if (const auto batch = process.run({0, call, 1}); !batch) return Unexpected(batch.error());
  }
  std::vector<double> seconds;
  const int warm = steady ? kWarmCalls : 0;
  for (int i = 0; i < warm + (steady ? kSteadyCalls : 1); ++i) {
    const auto batch = process.run({kFirstSeed + static_cast<std::uint64_t>(i), timing.call, 1});
    if (!batch) return Unexpected(batch.error());
    if (i >= warm) seconds.push_back(batch->seconds());
  }
  return seconds;
}

Result<double> time_program(Host& host, const std::string& library, ProgramKind program, const Timing& timing) {
  TrialRequest request;
  request.library = library;
  request.program = program;
  request.mode = TrialMode::time;
  request.timed_call = timing.call;
  std::vector<double> all;
  for (int i = 0; i < kProcesses; ++i) {
    TimedProcess process(host, request, kTimeout, std::nullopt);
    const auto seconds = time_process(process, timing);
    if (!seconds) return Unexpected(seconds.error());
    all.insert(all.end(), seconds->begin(), seconds->end());
  }
  return median(all);
}

std::string time_text(double seconds) {
  return seconds < 1e-3 ? fmt::format("{:.0f} us", 1e6 * seconds) : fmt::format("{:.3g} ms", 1e3 * seconds);
}

}  // namespace

Result<std::vector<double>> time_programs(const Worker& worker, const std::vector<TimedProgram>& programs,
                                          const CaseSpec& settings) {
  const auto host = worker.start_host(settings.threads);
  if (!host) return Unexpected(host.error());
  std::vector<double> all;
  for (const TimedProgram& program : programs) {
    const auto seconds = time_program(**host, program.library, program.kind, settings.timing);
    if (!seconds) return Unexpected(seconds.error());
    all.push_back(*seconds);
  }
  return all;
}

Result<Speed> measure_speed(const Worker& worker, const std::string& library, const CaseSpec& settings) {
  const auto seconds = time_programs(worker, {{library, ProgramKind::hybrid}, {library, ProgramKind::eager}}, settings);
  if (!seconds) return Unexpected(seconds.error());
  return Speed{seconds->at(0), seconds->at(1)};
}

std::string speed_text(const Speed& speed, const Timing& timing) {
  return fmt::format("call {} ({}): hybrid {}, eager {}", timing.call, to_string(timing.phase), time_text(speed.hybrid),
                     time_text(speed.eager));
}

}  // namespace hybugs
