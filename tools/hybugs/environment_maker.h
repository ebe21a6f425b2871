// Makes environments of Debian releases.
#pragma once

#include <string>

#include "harness/core/error.h"
#include "harness/core/torch_environment.h"
#include "tools/hybugs/packages.h"

namespace hybugs {

struct EnvironmentPlan {
  DebianRelease release;
  std::string folder;  // of the environment
  std::string mirror;  // empty: this system's
  PackageList packages;
};

/// The environment, made if it isn't there, isn't whole, or was made with other packages. Says on standard error how
/// much room it needs and what it is at. An Error without user namespaces, room, mmdebstrap or network.
Result<TorchEnvironment> make_environment(const EnvironmentPlan& plan);

/// Removes the folder of an environment with all that is in it.
Result<void> remove_environment(const std::string& folder);

}  // namespace hybugs
