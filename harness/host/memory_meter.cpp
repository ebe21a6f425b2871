#include "harness/host/memory_meter.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

std::int64_t peak_resident_bytes() {
  std::ifstream file("/proc/self/status");
  for (std::string key; file >> key;) {
    std::int64_t kilobytes = 0;
    if (key == "VmHWM:" && file >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

}  // namespace

MemoryMeter::MemoryMeter() : start_bytes_(resident_bytes(::getpid())) {
  // A process that can't be dumped doesn't own its /proc files.
  const int dumpable = ::prctl(PR_GET_DUMPABLE);
  ::prctl(PR_SET_DUMPABLE, 1);
  std::ofstream("/proc/self/clear_refs") << 5;
  ::prctl(PR_SET_DUMPABLE, dumpable);
}

std::int64_t MemoryMeter::peak_bytes() const {
  return peak_resident_bytes() - start_bytes_;
}

std::int64_t heap_bytes() {
  const auto info = ::mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
}

}  // namespace hybugs
