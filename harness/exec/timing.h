// Times a pair of variants against each other.
#pragma once

#include "harness/core/case_spec.h"
#include "harness/core/timing_result.h"
#include "harness/exec/builder.h"
#include "harness/exec/worker.h"

namespace hybugs {

struct TimingOptions {
  std::string variant = "buggy";  // what is timed against fixed
  int rounds = 8;                 // ABBA rounds (two pairs each) until the first look; doubled for each further look
  bool smoke = false;             // one look only, whatever it says
  double batch_seconds = 0.005;   // least time of a batch
  bool google_benchmark = true;   // run it beside
};

/// Times a variant against fixed with the clock in this process: the two run in warm processes of hosts of their own,
/// released in turn (A B B A), on the same fresh inputs, made before the clock. A batch's time is max(wall, CPU time
/// of its processes) from the release until its outputs are read. The outputs of every batch are compared with those
/// of eager, driven through the same batches: no number comes from a variant whose outputs were wrong. Nothing else
/// of this process runs meanwhile.
TimingResult time_case(const Worker& worker, const Paths& paths, const CaseSpec& spec, const TimingOptions& options);

}  // namespace hybugs
