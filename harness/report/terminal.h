// What is at the other end of a descriptor.
#pragma once

namespace hybugs {

/// The width of texts that go to a pipe or a file.
inline constexpr int kPipeWidth = 160;

/// A terminal that understands escape sequences.
bool is_terminal(int fd);

/// Columns of the terminal; kPipeWidth where it is none.
int output_width(int fd);

}  // namespace hybugs
