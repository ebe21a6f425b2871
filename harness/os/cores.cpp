#include "harness/os/cores.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

// The line `0::/path` of /proc/self/cgroup; a limit of any group above counts as well.
int cores_of_cgroups(int most) {
  std::ifstream file("/proc/self/cgroup");
  std::string line;
  while (std::getline(file, line) && line.rfind("0::", 0) != 0) {
  }
  if (line.rfind("0::", 0) != 0) return most;
  for (std::string group = line.substr(3); !group.empty(); group.erase(group.rfind('/'))) {
    std::ifstream limit("/sys/fs/cgroup" + group + "/cpu.max");
    std::string text;
    if (std::getline(limit, text)) most = std::min(most, cores_of_quota(text).value_or(most));
    if (group.rfind('/') == std::string::npos) break;
  }
  return most;
}

int cores_of_slurm(int most) {
  for (const char* name : {"SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE"}) {
    const char* text = std::getenv(name);
    const int cores = text == nullptr ? 0 : std::atoi(text);
    if (cores > 0) return std::min(most, cores);
  }
  return most;
}

}  // namespace

std::optional<int> cores_of_quota(const std::string& cpu_max) {
  std::istringstream words(cpu_max);
  double quota = 0;
  double period = 0;
  if (!(words >> quota >> period) || quota <= 0 || period <= 0) return std::nullopt;
  return std::max(1, static_cast<int>((quota + period - 1) / period));
}

int granted_cores() {
  const int cpus = std::max(1, static_cast<int>(allowed_cpus().size()));
  return std::max(1, cores_of_slurm(cores_of_cgroups(cpus)));
}

}  // namespace hybugs
