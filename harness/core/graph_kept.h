// Whether a program keeps the graph that the real repair keeps: a pure function of untimed trials.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/trial_record.h"

namespace hybugs {

/// Operators of a program outside graphs, above those of fixed, as a share of those that it runs inside.
inline constexpr double kOutsideShare = 0.25;
/// The least share of fixed's operators inside graphs that a program must run inside its own.
inline constexpr double kInsideShare = 0.8;
/// A program may cost this many times the CPU time of the slowest of fixed, buggy and eager.
inline constexpr double kCpuFactor = 3.0;

/// CPU seconds of a program in each call of a scenario that it has run before; negative where the call threw. Empty:
/// not measured.
using WarmCpu = std::vector<double>;

/// A program beside the case's own, all observed over the same scenario.
struct GraphTrials {
  GraphRecord fixed;
  GraphRecord program;
  WarmCpu fixed_cpu, buggy_cpu, eager_cpu, program_cpu;
};

/// Why the graph isn't kept; nullopt when it is. In every call in which fixed runs a graph,
/// 1. the program runs no more operators outside graphs than fixed does, plus kOutsideShare of those that it runs
/// inside;
/// 2. kInsideShare of fixed's operators inside graphs, by name and count, views and constants left out, run inside the
///    program's graphs, unless the case says `fix: {ops: free}`;
/// and in all such calls together
/// 3. the program takes at most kCpuFactor times the CPU time of the slowest of fixed, buggy and eager.
/// 1 finds a program that traces in every call or falls back to eager, 2 one that runs eagerly beside an idle graph, 3
/// one that computes by hand without operators. Calls are looked at when the program runs its scenario for the second
/// time: graphs that are made on demand, one for each shape perhaps, are there by then. Nothing is asked where the
/// real repair dropped the graph.
std::optional<std::string> graph_objection(const CaseSpec& spec, const GraphTrials& trials);

/// What fixed and another program did in the second pass of observing trials; in the first where fixed runs no graph in
/// its second.
std::pair<GraphRecord, GraphRecord> comparable_passes(const TrialRecord& fixed, const TrialRecord& program);

/// Operators that only make a view of a tensor or a constant: programs may need more or fewer of them.
bool is_view_or_constant(const std::string& operator_name);

}  // namespace hybugs
