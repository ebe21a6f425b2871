// What the command line program asks a host for, and what the host reports about a trial's process.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/trial_record.h"

namespace hybugs {

/// Of requests, frames and control messages: a host of another build is refused.
inline constexpr int kWireVersion = 3;

enum class ProgramKind : std::uint8_t { eager, hybrid };

enum class TrialMode : std::uint8_t {
  values,     // outputs only
  observe,    // which operators run inside graphs; fusion off; outputs are not compared
  measure,    // live heap after each call, peak memory
  time,       // calls are released in batches by the parent, which holds the clock
  benchmark,  // Google Benchmark times the same calls inside the trial
  probe       // a known-good program of the host's own: tells a broken host from a broken variant
};

struct TrialRequest {
  std::string library;    // the variant's .so
  std::string reference;  // whose scenario and eager program are used; empty: the variant's own
  ProgramKind program = ProgramKind::hybrid;
  TrialMode mode = TrialMode::values;
  std::uint64_t seed = 0;
  bool record_inputs = false;
  std::uint64_t address_space = 0;  // RLIMIT_AS over the host's size; 0: none
  int timed_call = 0;               // benchmark: which call of the scenario
  bool warm_up = true;              // benchmark: run the calls before it first
};

nlohmann::json to_json(const TrialRequest& request);
Result<TrialRequest> trial_request_from_json(const nlohmann::json& json);

/// In time mode the parent drives the program over the control pipe by commands of fixed size.
struct BatchCommand {
  enum class Kind : std::uint32_t {
    prepare,   // make the inputs, answer `ready`
    release,   // run the batch, answer `elements`: here the clock runs
    describe,  // answer `call`: what the elements mean
    end
  };
  std::uint64_t first_seed = 0;  // prepare: call i of the batch takes its inputs from scenario(first_seed + i)
  std::uint32_t calls = 0;
  std::uint32_t call = 0;  // index in the scenarios
  Kind kind = Kind::prepare;
  std::uint32_t padding = 0;
};

}  // namespace hybugs
