// Whole files in and out.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"

namespace hybugs {

/// Writes text to a file through a temporary name, fsync and rename: readers see the old text or the new one.
/// Devices and pipes are written to.
Result<void> write_file(const std::string& path, const std::string& text);
Result<std::string> read_file(const std::string& path);

/// The names in a folder, sorted.
Result<std::vector<std::string>> list_folder(const std::string& folder);

/// Absolute, without `.`, `..` and a slash at the end.
std::string absolute_folder(const std::string& folder);

/// Creates the folder and its parents where they are missing.
Result<void> make_folder(const std::string& folder);

/// Forces what was written to the disk. Devices that know no such thing are no error.
bool sync_to_disk(int fd);

/// `cannot write: No space left on device`, with what to do next. Reads errno.
Error errno_error(const std::string& path, const std::string& action);

}  // namespace hybugs
