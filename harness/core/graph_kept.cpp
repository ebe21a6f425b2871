#include "harness/core/graph_kept.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace hybugs {
namespace {

// Sorted.
constexpr std::string_view kViewsAndConstants[] = {
    "alias",         "arange",    "as_strided", "broadcast_to", "chunk",         "clone",
    "contiguous",    "detach",    "detach_",    "diagonal",     "empty",         "empty_like",
    "empty_strided", "expand",    "expand_as",  "eye",          "flatten",       "full",
    "full_like",     "lift",      "lift_fresh", "narrow",       "new_zeros",     "numpy_T",
    "ones",          "ones_like", "permute",    "reshape",      "scalar_tensor", "select",
    "size",          "slice",     "split",      "squeeze",      "swapaxes",      "t",
    "tensor",        "to",        "transpose",  "unbind",       "unsqueeze",     "view",
    "view_as",       "zeros"};

std::string_view base_name(std::string_view name) {
  const std::size_t scope = name.rfind("::");
  if (scope != std::string_view::npos) name.remove_prefix(scope + 2);
  return name.substr(0, name.find('.'));
}

// The calls in which fixed runs a graph.
std::vector<std::size_t> calls_with_graph(const GraphRecord& fixed) {
  std::vector<std::size_t> calls;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (fixed[i].inside_count() > 0) calls.push_back(i);
  }
  return calls;
}

std::optional<std::string> object_to_outside(const GraphUse& fixed, const GraphUse& program, std::size_t call) {
  const auto inside = static_cast<double>(program.inside_count());
  const double most = static_cast<double>(fixed.outside) + kOutsideShare * inside;
  if (static_cast<double>(program.outside) <= most) return std::nullopt;
  return fmt::format("call {}: {} operators run outside graphs and {} inside, in the real repair {} and {}", call,
                     program.outside, program.inside_count(), fixed.outside, fixed.inside_count());
}

std::optional<std::string> object_to_inside(const GraphUse& fixed, const GraphUse& program, std::size_t call) {
  std::int64_t wanted = 0;
  std::int64_t found = 0;
  std::string missing;
  for (const auto& [name, count] : fixed.inside) {
    if (is_view_or_constant(name)) continue;
    const auto mine = program.inside.find(name);
    const std::int64_t here = mine == program.inside.end() ? 0 : std::min(mine->second, count);
    wanted += count;
    found += here;
    if (here < count && missing.empty()) missing = name;
  }
  if (static_cast<double>(found) >= kInsideShare * static_cast<double>(wanted)) return std::nullopt;
  return fmt::format("call {}: {} of the {} operators that the real repair runs inside graphs run there, not {}", call,
                     found, wanted, missing);
}

double sum_over(const WarmCpu& cpu, const std::vector<std::size_t>& calls) {
  double sum = 0;
  for (std::size_t call : calls) {
    if (call < cpu.size() && cpu[call] > 0) sum += cpu[call];
  }
  return sum;
}

std::optional<std::string> object_to_cpu(const GraphTrials& trials, const std::vector<std::size_t>& calls) {
  if (trials.program_cpu.empty()) return std::nullopt;
  const double program = sum_over(trials.program_cpu, calls);
  const double slowest = std::max(
      {sum_over(trials.fixed_cpu, calls), sum_over(trials.buggy_cpu, calls), sum_over(trials.eager_cpu, calls)});
  if (slowest <= 0 || program <= kCpuFactor * slowest) return std::nullopt;
  return fmt::format("warm calls take {:.3g} ms of CPU time, the slowest of fixed, buggy and eager {:.3g} ms",
                     1e3 * program, 1e3 * slowest);
}

GraphRecord first_pass(const TrialRecord& trial) {
  GraphRecord uses;
  for (const CallRecord& call : trial.calls) uses.push_back(call.graph_use.value_or(GraphUse{}));
  return uses;
}

}  // namespace

std::pair<GraphRecord, GraphRecord> comparable_passes(const TrialRecord& fixed, const TrialRecord& program) {
  if (!calls_with_graph(fixed.second_pass).empty()) return {fixed.second_pass, program.second_pass};
  return {first_pass(fixed), first_pass(program)};
}

bool is_view_or_constant(const std::string& operator_name) {
  return std::binary_search(std::begin(kViewsAndConstants), std::end(kViewsAndConstants), base_name(operator_name));
}

std::optional<std::string> graph_objection(const CaseSpec& spec, const GraphTrials& trials) {
  if (spec.fix.graph_dropped) return std::nullopt;
  const std::vector<std::size_t> calls = calls_with_graph(trials.fixed);
  for (std::size_t call : calls) {
    if (call >= trials.program.size()) return fmt::format("call {}: the program was gone", call);
    const GraphUse& fixed = trials.fixed[call];
    const GraphUse& program = trials.program[call];
    if (auto found = object_to_outside(fixed, program, call)) return found;
    if (spec.fix.free_operators) {
      if (program.inside_count() == 0) return fmt::format("call {}: no operator runs inside a graph", call);
    } else if (auto missing = object_to_inside(fixed, program, call)) {
      return missing;
    }
  }
  return object_to_cpu(trials, calls);
}

}  // namespace hybugs
