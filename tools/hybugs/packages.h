// The Debian packages that building and running the cases needs.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"

namespace hybugs {

struct PackageList {
  std::vector<std::string> names;
  std::string hash;  // changes with the names
};

/// SOURCE/ci/packages; an Error where there is no source tree.
Result<PackageList> needed_packages(const std::string& source);

}  // namespace hybugs
