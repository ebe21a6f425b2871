// How hosts are contained.
#pragma once

#include <string>
#include <vector>

namespace hybugs {

struct Sandbox {
  enum class Level {
    namespaces,  // own pid namespace: no process survives, whatever it does
    subreaper    // process groups and a child subreaper: a process that hides may survive a kill -9 of the CLI
  };
  Level level = Level::subreaper;
  std::string reason;  // why it isn't `namespaces`

  /// `arguments` as to be started under this sandbox.
  std::vector<std::string> wrap(std::vector<std::string> arguments) const;
};

const char* sandbox_name(Sandbox::Level level);

/// Tries what this machine allows; runs bubblewrap once.
Sandbox probe_sandbox();

}  // namespace hybugs
