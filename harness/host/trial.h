// One trial: a program run over a scenario, in its own process.
#pragma once

#include <cstdint>

#include "harness/host/variant.h"
#include "harness/wire/trial_request.h"

namespace hybugs {

struct TrialPipes {
  int record = -1;   // frames to the parent
  int control = -1;  // batch commands from the parent; time mode only
};

/// Runs the trial that `request` asks for and writes its record. Returns when all frames are written and the program
/// is destroyed.
void run_trial(const TrialRequest& request, const TrialPipes& pipes);

/// Seeds LibTorch's and the C library's generators with a number made from (seed, call), the same for eager and
/// hybrid, different for every call. `call` -2: the scenario, -1: construction.
void seed_call(std::uint64_t seed, int call);

/// What an exception in flight says; call it in a catch block.
Thrown current_exception();

/// Runs before each call; a debugger stops here (`break hybugs_before_call`) and finds the call's index in
/// hybugs_current_call, which run_trial() sets before.
extern "C" void hybugs_before_call();
extern "C" volatile int hybugs_current_call;

}  // namespace hybugs
