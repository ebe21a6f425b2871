// Seeds on the command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/error.h"

namespace hybugs {

/// `5`: seeds 0 to 4. `3,`: seed 3 alone. `0,7,9-12`: these.
Result<std::vector<std::uint64_t>> parse_seeds(const std::string& text);

}  // namespace hybugs
