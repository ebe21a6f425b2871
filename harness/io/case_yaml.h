// case.yaml in, CaseSpec out. The only user of yaml-cpp besides the ledger.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

/// Reads `folder`/case.yaml and the folder's .cpp files. All mistakes of the file are reported at once, each with
/// file and line as `display_folder`/case.yaml:LINE; `spec` is filled as far as possible.
Errors read_case(const std::string& folder, const std::string& display_folder, CaseSpec& spec);

}  // namespace hybugs
