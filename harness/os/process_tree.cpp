#include "harness/os/process_tree.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <unordered_map>

namespace hybugs {
namespace {

// State and parent of a process or thread: the third and fourth fields of its `stat`, behind a name that may hold
// spaces and brackets.
struct Stat {
  char state = 0;
  pid_t parent = -1;
};

Stat stat_in(const std::string& folder) {
  std::ifstream file(folder + "/stat");
  std::string line;
  std::getline(file, line);
  Stat stat;
  const auto name_end = line.rfind(')');
  if (name_end != std::string::npos) std::sscanf(line.c_str() + name_end + 1, " %c %d", &stat.state, &stat.parent);
  return stat;
}

cpu_set_t only(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  return set;
}

// The entries of a folder that are numbers.
std::vector<pid_t> numbers_in(const std::string& folder) {
  std::vector<pid_t> result;
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return result;
  while (const dirent* entry = ::readdir(directory)) {
    if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') result.push_back(std::atoi(entry->d_name));
  }
  ::closedir(directory);
  return result;
}

std::vector<pid_t> all_processes() {
  return numbers_in("/proc");
}

std::string task_folder(pid_t pid) {
  return "/proc/" + std::to_string(pid) + "/task";
}

std::vector<pid_t> threads_of(pid_t pid) {
  return numbers_in(task_folder(pid));
}

// Reads /proc/PID/task/*/children: cheap, but only there with CONFIG_PROC_CHILDREN.
bool children_from_proc(pid_t pid, std::vector<pid_t>& children) {
  bool found = false;
  for (pid_t thread : threads_of(pid)) {
    std::ifstream file(task_folder(pid) + "/" + std::to_string(thread) + "/children");
    found = found || file.is_open();
    for (pid_t child = 0; file >> child;) children.push_back(child);
  }
  return found;
}

bool kernel_lists_children() {
  static const bool lists = [] {
    std::vector<pid_t> ignored;
    return children_from_proc(::getpid(), ignored);
  }();
  return lists;
}

}  // namespace

Fd open_pidfd(pid_t pid) {
  return Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

pid_t pid_of(int pidfd) {
  std::ifstream file("/proc/self/fdinfo/" + std::to_string(pidfd));
  for (std::string key; file >> key;) {
    pid_t pid = -1;
    if (key == "Pid:" && file >> pid) return pid;
  }
  return -1;
}

std::vector<pid_t> descendants_of(pid_t pid) {
  std::vector<pid_t> result;
  if (kernel_lists_children()) {
    children_from_proc(pid, result);
    for (std::size_t i = 0; i < result.size(); ++i) children_from_proc(result[i], result);
    return result;
  }
  std::unordered_map<pid_t, std::vector<pid_t>> children;
  for (pid_t process : all_processes()) {
    children[stat_in("/proc/" + std::to_string(process)).parent].push_back(process);
  }
  result = children[pid];
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto& next = children[result[i]];
    result.insert(result.end(), next.begin(), next.end());
  }
  return result;
}

std::int64_t resident_bytes(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
  std::int64_t size = 0;
  std::int64_t resident = 0;
  if (!(file >> size >> resident)) return 0;
  return resident * ::sysconf(_SC_PAGESIZE);
}

double cpu_seconds(pid_t pid) {
  clockid_t clock;
  timespec time{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double waiting_seconds(pid_t pid) {
  double seconds = 0;
  for (pid_t thread : threads_of(pid)) {
    std::ifstream file(task_folder(pid) + "/" + std::to_string(thread) + "/schedstat");
    double running = 0;
    double waiting = 0;  // nanoseconds both
    if (file >> running >> waiting) seconds += 1e-9 * waiting;
  }
  return seconds;
}

bool is_runnable(pid_t pid) {
  const auto threads = threads_of(pid);
  return std::any_of(threads.begin(), threads.end(), [&](pid_t thread) {
    return stat_in(task_folder(pid) + "/" + std::to_string(thread)).state == 'R';
  });
}

std::vector<int> allowed_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  }
  return cpus;
}

bool pin_to_cpu(pid_t pid, int cpu) {
  const cpu_set_t set = only(cpu);
  bool pinned = true;
  for (pid_t thread : threads_of(pid)) pinned = ::sched_setaffinity(thread, sizeof set, &set) == 0 && pinned;
  return pinned;
}

ThreadOnCpu::ThreadOnCpu(int cpu) {
  const cpu_set_t set = only(cpu);
  moved_ = ::sched_getaffinity(0, sizeof before_, &before_) == 0 && ::sched_setaffinity(0, sizeof set, &set) == 0;
}

ThreadOnCpu::~ThreadOnCpu() {
  if (moved_) ::sched_setaffinity(0, sizeof before_, &before_);
}

int kill_descendants() {
  int killed = 0;
  // A descendant may fork while it is being killed, so look again until nobody is left.
  for (;;) {
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    const auto left = descendants_of(::getpid());
    if (left.empty()) return killed;
    for (pid_t pid : left) {
      if (::kill(pid, SIGKILL) == 0) ++killed;
    }
    if (::waitpid(-1, nullptr, 0) < 0) return killed;
  }
}

}  // namespace hybugs
