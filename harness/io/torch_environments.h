// Environments on the disk: one folder each, whole once it has an environment.json.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/torch_environment.h"

namespace hybugs {

/// The first file in an environment's folder: whoever holds it is making the environment.
inline constexpr const char* kEnvironmentLock = "lock";

/// $HYBUGS_ENV_DIR, or hybugs/environments in the user's cache folder ($XDG_CACHE_HOME, ~/.cache).
std::string default_environments_folder();

/// The environment in `folder`. An Error with what to do where it was begun and not finished, or isn't there.
Result<TorchEnvironment> read_environment(const std::string& folder);

/// Writes FOLDER/environment.json: the last step of making one.
Result<void> write_environment(const TorchEnvironment& environment);

/// What is in a folder of environments: those that are whole, the oldest LibTorch first, and an Error for each other
/// one.
struct TorchEnvironments {
  std::vector<TorchEnvironment> all;
  Errors errors;
};
TorchEnvironments list_environments(const std::string& folder);

/// The version of the unpacked LibTorch in `folder`. An Error where there is none, or one whose C++ library names
/// strings otherwise than this system's compilers do: nothing would link against it.
Result<std::string> read_unpacked_libtorch(const std::string& folder);

}  // namespace hybugs
