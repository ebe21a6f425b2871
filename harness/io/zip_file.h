// Zip files from strangers, read and never unpacked.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "harness/core/error.h"

namespace hybugs {

/// What is read at most: an archive may promise or hold far more than it is large.
struct ZipLimits {
  std::uint64_t entries = 20'000;
  std::uint64_t entry_bytes = 1 << 20;  // of each file that is wanted, unpacked
  std::uint64_t all_bytes = 32 << 20;   // of all of them
};

/// The files that `wanted` accepts, by their names as UTF-8. Others are passed over unread. An Error for what is no zip
/// file, is damaged or encrypted, or has names that lead out of it (`..`, a leading slash, a drive); for wanted files
/// that are links or too large; and for too many entries.
Result<std::map<std::string, std::string>> read_zip(const std::string& path,
                                                    const std::function<bool(const std::string& name)>& wanted,
                                                    const ZipLimits& limits = {});

}  // namespace hybugs
