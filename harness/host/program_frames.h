// The frames of a variant's code on a thread's stack.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace hybugs {

/// Tells a program's own code from that of the framework, by where it lies in memory.
class ProgramFrames {
 public:
  /// What is mapped as code by the loader now is the framework's, but the library that `inside` lies in. Code that
  /// appears later, or without the loader, is the program's.
  explicit ProgramFrames(const void* inside);

  /// Address of this thread's innermost frame that runs the program's code; 0 if there is none, or if the stack can't
  /// be followed that far.
  std::uintptr_t innermost() const;

 private:
  bool is_framework(std::uintptr_t instruction) const;

  std::vector<std::pair<std::uintptr_t, std::uintptr_t>> framework_;  // [begin, end), sorted
};

}  // namespace hybugs
