// How hosts are contained.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/exec/root_system.h"

namespace hybugs {

/// A command line and its environment, put into a container.
using Wrap =
    std::function<std::vector<std::string>(const std::vector<std::string>& arguments, const Environment& environment)>;

struct Sandbox {
  enum class Level {
    namespaces,  // own pid namespace: no process survives, whatever it does
    subreaper    // process groups and a child subreaper: a process that hides may survive a kill -9 of the CLI
  };
  Level level = Level::subreaper;
  std::string reason;   // why it isn't `namespaces`
  RootSystem system{};  // in which programs run

  /// `arguments` as to be started under this sandbox. In this system the environment is inherited.
  std::vector<std::string> operator()(const std::vector<std::string>& arguments, const Environment& environment) const;
};

const char* sandbox_name(Sandbox::Level level);

/// Tries what this machine allows; runs bubblewrap once. Another system can be entered under `namespaces` only.
Sandbox probe_sandbox(const RootSystem& system = {});

}  // namespace hybugs
