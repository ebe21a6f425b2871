#include "harness/core/graph_kept.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "harness/core/compare.h"

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

enum class Pass : std::uint8_t { first, second };

/// What happened in one call, as it counts in a pass.
struct Counted {
  OperatorCounts inside;
  std::int64_t inside_count = 0;
  std::int64_t outside = 0;
  std::int64_t recorded = 0;
};

Counted counted(const GraphUse& use, Pass pass) {
  Counted result{use.inside, 0, use.outside, use.recorded_count()};
  if (pass == Pass::first) {
    // What is recorded and then run is the same graph.
    for (const auto& [name, count] : use.recorded) result.inside[name] = std::max(result.inside[name], count);
  } else {
    result.outside += result.recorded;
  }
  result.inside_count = GraphUse::sum_of(result.inside);
  return result;
}

std::string place(std::size_t call, Pass pass) {
  return fmt::format("call {}{}", call, pass == Pass::first ? "" : " of the second pass");
}

// Without views and constants.
std::int64_t work_in(const OperatorCounts& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += is_view_or_constant(name) ? 0 : count;
  return sum;
}

std::optional<std::string> object_to_outside(const Counted& fixed, const Counted& program, const std::string& where) {
  // Neither views nor a second graph for show make room for more.
  const std::int64_t base = std::min(work_in(program.inside), work_in(fixed.inside));
  const double most = static_cast<double>(fixed.outside) + kOutsideShare * static_cast<double>(base);
  if (static_cast<double>(program.outside) <= most) return std::nullopt;
  return fmt::format("{}: {} operators run outside graphs and {} inside, in the real repair {} and {}", where,
                     program.outside, program.inside_count, fixed.outside, fixed.inside_count);
}

std::optional<std::string> object_to_inside(const Counted& fixed, const Counted& program, const std::string& where) {
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
  return fmt::format("{}: {} of the {} operators that the real repair runs inside graphs run there, not {}", where,
                     found, wanted, missing);
}

std::optional<std::string> object_to_outputs(const GraphUse& fixed, const GraphUse& program, const std::string& where) {
  if (fixed.from_graph.size() != program.from_graph.size()) return std::nullopt;  // other outputs: the values say so
  for (std::size_t i = 0; i < fixed.from_graph.size(); ++i) {
    if (!fixed.from_graph[i] || program.from_graph[i]) continue;
    return fmt::format("{}: no graph has a part in tensor {} of the outputs, in the real repair one has", where, i);
  }
  return std::nullopt;
}

std::optional<std::string> object_to_call(const CaseSpec& spec, const GraphUse& fixed_use, const GraphUse& program_use,
                                          std::size_t call, Pass pass) {
  const Counted fixed = counted(fixed_use, pass);
  const Counted program = counted(program_use, pass);
  if (fixed.inside_count == 0) return std::nullopt;
  const std::string where = place(call, pass);
  if (auto found = object_to_outside(fixed, program, where)) return found;
  if (pass == Pass::second && program.recorded > 0 && fixed.recorded == 0) {
    return fmt::format("{}: {} operators are recorded again, in the real repair none", where, program.recorded);
  }
  if (!spec.fix.free_operators) {
    if (auto found = object_to_inside(fixed, program, where)) return found;
  } else if (program.inside_count == 0) {
    return fmt::format("{}: no operator runs inside a graph", where);
  }
  return pass == Pass::second ? object_to_outputs(fixed_use, program_use, where) : std::nullopt;
}

std::optional<std::string> object_to_pass(const CaseSpec& spec, const std::vector<CallRecord>& fixed,
                                          const std::vector<CallRecord>& program, Pass pass) {
  for (std::size_t call = 0; call < fixed.size(); ++call) {
    if (call >= program.size()) return place(call, pass) + ": the program was gone";
    const GraphUse fixed_use = fixed[call].graph_use.value_or(GraphUse{});
    const GraphUse program_use = program[call].graph_use.value_or(GraphUse{});
    if (auto found = object_to_call(spec, fixed_use, program_use, call, pass)) return found;
  }
  return std::nullopt;
}

/// The second pass as a trial of its own.
TrialRecord second_pass_of(const TrialRecord& trial) {
  TrialRecord second;
  second.outcome = Outcome::completed;
  second.constructed = true;
  second.scenario_size = trial.scenario_size;
  second.calls = trial.second_pass;
  return second;
}

/// Fixed is no measure where its own state doesn't bear a second pass.
std::optional<std::string> object_to_values(const CaseSpec& spec, const GraphTrials& trials) {
  const TrialRecord eager = second_pass_of(trials.eager);
  if (first_disagreement(eager, second_pass_of(trials.fixed), spec)) return std::nullopt;
  const auto found = first_disagreement(eager, second_pass_of(trials.program), spec);
  if (!found) return std::nullopt;
  return "second pass over the scenario, on the same object: " + found->text();
}

/// The calls in which fixed runs a graph once all graphs are there.
std::vector<std::size_t> calls_with_graph(const TrialRecord& fixed) {
  const std::vector<CallRecord>& pass = fixed.second_pass.empty() ? fixed.calls : fixed.second_pass;
  std::vector<std::size_t> calls;
  for (std::size_t i = 0; i < pass.size(); ++i) {
    if (pass[i].graph_use && pass[i].graph_use->inside_count() > 0) calls.push_back(i);
  }
  return calls;
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
  for (std::size_t call : calls) {
    const auto returned = [call](const WarmCpu& cpu) { return call < cpu.size() && cpu[call] >= 0; };
    if (returned(trials.fixed_cpu) && !returned(trials.program_cpu)) {
      return fmt::format("call {}: does not return once it is warm", call);
    }
  }
  const double program = sum_over(trials.program_cpu, calls);
  const double slowest = std::max(
      {sum_over(trials.fixed_cpu, calls), sum_over(trials.buggy_cpu, calls), sum_over(trials.eager_cpu, calls)});
  if (slowest <= 0 || program <= kCpuFactor * slowest) return std::nullopt;
  return fmt::format("warm calls take {:.3g} ms of CPU time, the slowest of fixed, buggy and eager {:.3g} ms",
                     1e3 * program, 1e3 * slowest);
}

}  // namespace

bool is_view_or_constant(const std::string& operator_name) {
  return std::binary_search(std::begin(kViewsAndConstants), std::end(kViewsAndConstants), base_name(operator_name));
}

bool needs_slower_programs(const CaseSpec& spec, const GraphTrials& trials) {
  if (spec.fix.graph_dropped || !trials.buggy_cpu.empty() || !trials.eager_cpu.empty()) return false;
  return object_to_cpu(trials, calls_with_graph(trials.fixed)).has_value();
}

std::optional<std::string> graph_objection(const CaseSpec& spec, const GraphTrials& trials) {
  if (spec.fix.graph_dropped) return std::nullopt;
  if (auto found = object_to_pass(spec, trials.fixed.calls, trials.program.calls, Pass::first)) return found;
  if (auto found = object_to_pass(spec, trials.fixed.second_pass, trials.program.second_pass, Pass::second))
    return found;
  if (auto found = object_to_values(spec, trials)) return found;
  return object_to_cpu(trials, calls_with_graph(trials.fixed));
}

}  // namespace hybugs
