// How hosts are contained.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hybugs {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// A command line and its environment, put into a container.
using Wrap =
    std::function<std::vector<std::string>(const std::vector<std::string>& arguments, const Environment& environment)>;

struct Sandbox {
  enum class Level {
    namespaces,  // own pid namespace: no process survives, whatever it does
    subreaper    // process groups and a child subreaper: a process that hides may survive a kill -9 of the CLI
  };
  Level level = Level::subreaper;
  std::string reason;  // why it isn't `namespaces`

  /// `arguments` as to be started under this sandbox.
  std::vector<std::string> wrap(std::vector<std::string> arguments) const;
  /// The same as a Wrap; the environment is inherited.
  std::vector<std::string> operator()(const std::vector<std::string>& arguments, const Environment&) const {
    return wrap(arguments);
  }
};

const char* sandbox_name(Sandbox::Level level);

/// Tries what this machine allows; runs bubblewrap once.
Sandbox probe_sandbox();

}  // namespace hybugs
