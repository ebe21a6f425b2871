// Approved outputs: a text is compared with the file that a person approved. For tests only.
#pragma once

#include <string>

namespace hybugs {

/// Fails the running test, with a diff and the command that approves the new text, unless `text` equals the file
/// `approved/NAME`. The examples are literals, times and paths included, so nothing has to be normalised.
void expect_approved(const std::string& name, const std::string& text);

}  // namespace hybugs
