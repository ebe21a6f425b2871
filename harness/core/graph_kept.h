// Whether a program keeps the graph that the real repair keeps: a pure function of untimed trials.
#pragma once

#include <optional>
#include <string>
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

/// CPU seconds of each call of the scenario, see warm_cpu(). Empty: not measured.
using WarmCpu = std::vector<double>;

/// Observing trials over the same scenario, each with two passes on one object.
struct GraphTrials {
  TrialRecord eager, fixed, program;
  WarmCpu fixed_cpu, program_cpu;
  WarmCpu buggy_cpu, eager_cpu;  // only where they decide, see needs_slower_programs()
};

/// Why the graph isn't kept; nullopt when it is. In every call in which fixed runs or records a graph,
/// 1. the program runs no more operators outside graphs than fixed does, plus kOutsideShare of those inside, its own or
///    fixed's, whichever are fewer, views and constants left out;
/// 2. kInsideShare of fixed's operators inside graphs, by name and count, views and constants left out, run inside the
///    program's graphs, unless the case says `fix: {ops: free}`.
/// In the first pass operators that a tracer records count as inside: a graph may be made when it is needed first, one
/// for each shape perhaps. In the second pass all graphs are there: what is recorded then counts as outside, nothing
/// may be recorded where fixed records nothing, and the outputs must still agree with eager's, so that no program can
/// wait for this pass to show a graph;
/// 3. in the second pass a graph has a part in every tensor among the outputs in which fixed's graphs have one. In all
/// such calls together
/// 4. the program takes at most kCpuFactor times the CPU time of the slowest of fixed, buggy and eager.
/// 1 finds a program that traces in every call or falls back to eager, 2 one that runs eagerly beside an idle graph, 3
/// one that runs a graph for show, 4 one that compiles in every call. Nothing is asked where the real repair
/// dropped the graph.
std::optional<std::string> graph_objection(const CaseSpec& spec, const GraphTrials& trials);

/// Whether the program takes so long beside fixed that the CPU time of buggy and eager, if it isn't there yet, decides.
bool needs_slower_programs(const CaseSpec& spec, const GraphTrials& trials);

/// Operators that only make a view of a tensor or a constant: programs may need more or fewer of them.
bool is_view_or_constant(const std::string& operator_name);

}  // namespace hybugs
