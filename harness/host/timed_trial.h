// Trials whose calls are timed.
#pragma once

#include "harness/host/trial.h"

namespace hybugs {

/// Runs batches as the parent releases them. The parent holds the clock: a batch's inputs are made before it says
/// `release`, and the elements of its outputs are written to the record pipe before its time ends; their description
/// follows when the parent asks for it. The generators are seeded once for each batch, not for each call, so that the
/// loop adds next to nothing to a short call; eager, driven through the same batches, draws the same numbers. `ready`
/// tells the shapes of the first call's inputs.
void run_timed(const Variant& variant, Program& program, const TrialPipes& pipes);

/// Lets Google Benchmark time the same call inside the trial and sends its JSON.
void run_google_benchmark(const Variant& variant, Program& program, const TrialRequest& request,
                          const Scenario& warm_up, const TrialPipes& pipes);

}  // namespace hybugs
