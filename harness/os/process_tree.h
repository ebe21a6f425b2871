// Linux processes: pidfds, descendants, their memory and CPU time.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "harness/os/fd.h"

namespace hybugs {

/// A pidfd of `pid`; invalid when there is no such process.
Fd open_pidfd(pid_t pid);

/// The process behind a pidfd, as numbered in the pid namespace of the caller; -1 when it is gone.
pid_t pid_of(int pidfd);

/// All descendants of `pid` that can be seen in /proc, `pid` itself left out.
std::vector<pid_t> descendants_of(pid_t pid);

/// Resident memory in bytes; 0 when the process is gone.
std::int64_t resident_bytes(pid_t pid);

/// CPU time of a process in seconds, with the scheduler's resolution; 0 when it is gone.
double cpu_seconds(pid_t pid);

/// Seconds in which threads of a process were ready to run and others had the CPU; 0 when it is gone, or where the
/// kernel does not count them.
double waiting_seconds(pid_t pid);

/// True where a thread of a process has a CPU or waits for one; false when all sleep, are stopped, or are gone.
bool is_runnable(pid_t pid);

/// The CPUs that the calling process may run on.
std::vector<int> allowed_cpus();

/// Lets the threads of a process run on one CPU only; later threads and children inherit it. False where that is not
/// allowed.
bool pin_to_cpu(pid_t pid, int cpu);

/// Keeps the calling thread on one CPU as long as it lives; does nothing where that is not allowed. Processes started
/// meanwhile inherit it.
class ThreadOnCpu {
 public:
  explicit ThreadOnCpu(int cpu);
  ~ThreadOnCpu();
  ThreadOnCpu(const ThreadOnCpu&) = delete;
  ThreadOnCpu& operator=(const ThreadOnCpu&) = delete;

 private:
  cpu_set_t before_{};
  bool moved_ = false;
};

/// Kills all descendants of the calling process and reaps them, those that were re-parented to it included
/// (the caller is a child subreaper). Returns how many were killed.
int kill_descendants();

}  // namespace hybugs
