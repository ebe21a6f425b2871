// Which operators run inside graphs and which outside, seen through at::RecordFunction.
#pragma once

#include <string>

#include "harness/core/trial_record.h"

namespace hybugs {

/// Counts operators on all threads while it lives. Fusion is switched off: on LibTorch 2.x a fused kernel would hide
/// the operators in it. Callbacks slow eager code by up to 42 % and are never on in a trial that is timed.
class GraphObserver {
 public:
  GraphObserver();
  GraphObserver(const GraphObserver&) = delete;
  GraphObserver& operator=(const GraphObserver&) = delete;
  ~GraphObserver();

  /// What was seen since the last take().
  GraphUse take();

  /// Text of the graph that the executor optimised and ran last; empty if none ran.
  static std::string last_graph();

 private:
  std::uint64_t handle_;
};

}  // namespace hybugs
