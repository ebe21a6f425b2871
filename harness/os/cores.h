// How many cores this process may use.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace hybugs {

/// The fewest of: the CPUs that the scheduler may use, the quota of the cgroup (cpu.max, version 2), and what Slurm has
/// granted (SLURM_CPUS_PER_TASK, else SLURM_CPUS_ON_NODE: sbatch(1)). At least 1.
int granted_cores();

/// Cores of a text such as `150000 100000` (quota and period in microseconds, `max` for none), rounded up; nullopt
/// where there is no quota.
std::optional<int> cores_of_quota(const std::string& cpu_max);

}  // namespace hybugs
