// Differences between two files, through git.
#pragma once

#include <string>

namespace hybugs {

/// A unified diff without git's own header lines; empty when the files are equal.
std::string file_diff(const std::string& from, const std::string& to, bool colour);

/// Lines removed plus lines added, blank lines and pure changes of white space left out; -1 when git fails.
int changed_lines(const std::string& from, const std::string& to);

}  // namespace hybugs
