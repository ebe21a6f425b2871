// Which operators run inside graphs and which outside, seen through at::RecordFunction.
#pragma once

#include <ATen/core/ivalue.h>

#include <string>
#include <vector>

#include "harness/core/trial_record.h"

namespace hybugs {

/// Counts operators on all threads while it lives. Inside a graph is what the interpreter itself calls: between the
/// program's frame that runs the graph and the operator there is no other frame of the program. Fusion is switched off:
/// on LibTorch 2.x a fused kernel would hide the operators in it. Callbacks slow eager code by up to 42 % and are never
/// on in a trial that is timed.
class GraphObserver {
 public:
  /// `program_code`: an address in the library of the program that is observed.
  explicit GraphObserver(const void* program_code);
  GraphObserver(const GraphObserver&) = delete;
  GraphObserver& operator=(const GraphObserver&) = delete;
  ~GraphObserver();

  /// What was seen since the last take(). `outputs`: of the call that ended.
  GraphUse take(const std::vector<c10::IValue>& outputs);

  /// Text of the graph that the executor optimised and ran last, derivatives left out where there is another; empty if
  /// none ran.
  static std::string last_graph();

 private:
  std::uint64_t handle_;
};

}  // namespace hybugs
