// Child processes.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/error.h"
#include "harness/os/fd.h"

namespace hybugs {

struct Command {
  std::vector<std::string> arguments;                            // arguments[0] is looked up in PATH
  std::vector<std::pair<std::string, std::string>> environment;  // added to ours
  std::vector<std::pair<int, int>> descriptors;                  // (ours, number in the child)
  std::string folder;                                            // empty: ours
  bool own_group = true;                                         // keeps Ctrl-C away from it
  const std::atomic<bool>* stop = nullptr;                       // ends it early where run_command waits for it
};

struct Child {
  pid_t pid = -1;
  Fd pidfd;
};

/// Starts a program. It dies with this process: the kernel sends its death signal when the thread that forked ends,
/// so all programs are started by one thread that lives as long as the process.
Result<Child> spawn(const Command& command);

/// Waits for its end; the status of waitpid(2).
int wait_for(const Child& child);

struct CommandOutput {
  int status = -1;     // exit code; 128 + signal when killed
  std::string output;  // standard output and error, in order
  bool timed_out = false;

  bool ok() const { return status == 0; }
};

/// Runs a program to its end; standard input is empty. `timeout_s` 0: no limit.
Result<CommandOutput> run_command(Command command, double timeout_s = 0);

}  // namespace hybugs
