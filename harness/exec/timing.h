// Times a pair of variants against each other.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/statistics.h"
#include "harness/core/timing_result.h"
#include "harness/exec/builder.h"
#include "harness/exec/worker.h"

namespace hybugs {

/// A program from outside the corpus that takes the place of the variant.
struct TimedCandidate {
  std::string library;    // as its hosts see it
  std::string reference;  // whose scenario it is given, likewise
  std::function<Result<std::unique_ptr<Host>>(const Threads&)> start_host;
};

struct TimingOptions {
  std::string variant = "buggy";   // what is timed against fixed; "fixed": the control, fixed against itself
  std::vector<double> thresholds;  // timed until the interval lies on one side of each; none: until there is one
  int max_pairs = kMaxPairs;       // at most kMaxPairs
  double max_seconds = 60;         // of the whole comparison
  double batch_seconds = 0.01;     // least time of a batch
  bool eager = true;               // time it as well; without it fixed is the reference for the outputs
  bool google_benchmark = true;    // run it beside
  std::optional<TimedCandidate> candidate;  // instead of `variant`, which then only names it
  std::function<void(const RatioInterval&)> on_pair = [](const RatioInterval&) {};
};

/// The name that the samples of `variant` have: fixed against itself is `fixed again`.
std::string timed_name(const std::string& variant);

/// Times a variant against fixed and eager with the clock in this process. All three run in warm processes of hosts of
/// their own, released in turn, in a random order that the next pair reverses (A B B A or B A A B), so that drift
/// cancels; the processes are replaced by fresh ones, from fresh hosts, every few pairs, because a process keeps one
/// layout of its memory (Mytkowicz et al.: Producing wrong data without doing anything obviously wrong!, ASPLOS
/// 2009). Where the case has one thread, all three run on the same CPU, another one for the next processes: on a shared
/// machine CPUs are slow at different times. A pair takes the median of a few batches a side. Inputs are fresh and made
/// before the clock. A batch's time is that of own_seconds(), from the release until its outputs are read. The outputs
/// of every batch are compared with those of eager: no number comes from a variant whose outputs were wrong. Pairs in
/// which a program had to wait for a CPU for a quarter of its time are marked and counted: where they are most of the
/// pairs and the threshold stays undecided, the machine is to blame and the result says so. They are not left out: that
/// would bias the ratio towards the program that waits less. Nothing else of this process may run meanwhile. A
/// candidate is stopped (SIGSTOP) while it is the others' turn, and what making its inputs takes over 1.5 times the
/// time of fixed counts as its own.
TimingResult time_case(const Worker& worker, const Paths& paths, const CaseSpec& spec, const TimingOptions& options);

}  // namespace hybugs
