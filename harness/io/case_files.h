// The files of a case's folder. Internal to io/.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"

namespace hybugs {

/// The variants of a case: the names of its .cpp files, sorted. A missing buggy.cpp or fixed.cpp and a .cpp file of
/// another name are errors.
std::vector<std::string> list_variants(const std::string& folder, const std::string& display_folder, Errors& errors);

}  // namespace hybugs
