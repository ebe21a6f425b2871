// Memory of the trial's own process.
#pragma once

#include <cstdint>

namespace hybugs {

/// Peak resident memory above the start. A forked child inherits its parent's pages and `ru_maxrss` counts them, so
/// the kernel's peak is reset first. The design of /proc/PID/clear_refs: proc(5), value 5.
class MemoryMeter {
 public:
  MemoryMeter();
  std::int64_t peak_bytes() const;

 private:
  std::int64_t start_bytes_;
};

/// Live heap in bytes: what malloc has handed out, mapped blocks included.
std::int64_t heap_bytes();

}  // namespace hybugs
