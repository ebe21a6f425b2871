// Trial records in files: raw, so that verdicts can be formed again without running anything.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/trial_record.h"

namespace hybugs {

/// A trial with what the caller wants to know about it later.
struct KeptTrial {
  nlohmann::json label;
  TrialRecord record;
};

/// Writes the trials into a new file, as the frames that the trials sent, with a frame before each that says how it
/// ended. The file is complete or not there.
Result<void> write_trials(const std::string& path, const std::vector<KeptTrial>& trials);

/// The inverse. An Error when the file isn't one of ours or was cut off.
Result<std::vector<KeptTrial>> read_trials(const std::string& path);

}  // namespace hybugs
