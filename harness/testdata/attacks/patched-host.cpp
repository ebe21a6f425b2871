// tries: writes over the code of the host in its own process
// case: attack-shape
#include <sys/mman.h>
#include <algorithm>
#include <fstream>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
      if (line.find("hybugs-host") == std::string::npos || line.find("r-xp") == std::string::npos) continue;
      std::size_t end = 0;
      const std::uint64_t begin = std::stoull(line, &end, 16);
      const std::uint64_t size = std::stoull(line.substr(end + 1), nullptr, 16) - begin;
      auto* code = reinterpret_cast<unsigned char*>(begin);
      ::mprotect(code, size, PROT_READ | PROT_WRITE | PROT_EXEC);
      std::fill(code, code + size, 0xC3);
    }
  }
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
