// What one trial left behind: how it ended and what each call returned. No judgement.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/value.h"

namespace hybugs {

enum class Outcome : std::uint8_t { completed, threw, crashed, timed_out, out_of_memory, harness_error };

/// What happened after the last call: destructors and static destructors.
enum class Teardown : std::uint8_t { clean, timed_out, crashed };

struct Thrown {
  std::string type;     // `c10::Error`, `std::runtime_error`; empty for what is no std::exception
  std::string message;  // at most 8 KB, valid UTF-8
};

/// Operators by name, with how often they ran.
using OperatorCounts = std::map<std::string, std::int64_t>;

/// Operators seen in one call by an observing trial.
struct GraphUse {
  OperatorCounts inside;     // ran inside a graph
  OperatorCounts recorded;   // ran outside graphs while a tracer recorded them
  std::int64_t outside = 0;  // ran outside graphs, not recorded
  std::int64_t graphs = 0;   // executed, nested ones not counted
  /// For each tensor among the call's outputs, depth first: whether a graph computed it, or operators made it of
  /// something that a graph computed.
  std::vector<bool> from_graph = {};

  std::int64_t inside_count() const { return sum_of(inside); }
  std::int64_t recorded_count() const { return sum_of(recorded); }

  static std::int64_t sum_of(const OperatorCounts& counts) {
    std::int64_t sum = 0;
    for (const auto& name_and_count : counts) sum += name_and_count.second;
    return sum;
  }
};

struct CallRecord {
  std::vector<Value> outputs;  // empty if it threw
  std::optional<Thrown> thrown;
  std::vector<Value> inputs;               // after the call; only where the case compares them
  std::optional<std::int64_t> heap_bytes;  // live heap after the call; measuring trials only
  std::optional<GraphUse> graph_use;       // observing trials only
};

struct TrialRecord {
  Outcome outcome = Outcome::harness_error;
  Teardown teardown = Teardown::clean;
  int signal = 0;                   // crashed by this signal, or 0
  std::optional<int> exit_code;     // crashed by leaving with this code
  std::optional<Thrown> construct;  // the constructor's exception
  bool constructed = false;         // the constructor returned; without it a crash before the end of call 0 is its
  std::vector<CallRecord> calls;    // the finished ones
  int scenario_size = 0;            // 0: the scenario was never reached
  std::string detail;               // why, for harness_error and refusals
  bool stale = false;               // the variant was built for another SDK or LibTorch
  std::string standard_output;      // cut at 64 KB
  std::string standard_error;
  std::string graph;                    // text of the last executed graph; observing trials only
  std::vector<CallRecord> second_pass;  // observing trials only: the scenario once more, on the same object
  double seconds = 0;                   // wall time of the whole trial
  std::int64_t peak_bytes = 0;          // peak resident memory of the trial over its start; measuring trials only
};

}  // namespace hybugs
