// Programs that run in another system's root file system.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hybugs {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// A root file system, as programs enter it: read-only, with an empty /tmp and some folders of this machine.
struct RootSystem {
  std::string root;                   // its folder; empty: this system
  std::vector<std::string> readable;  // folders of this machine, seen under the same path
  std::vector<std::string> writable;
};

/// `arguments` as to be started inside, with bubblewrap: own process, network, IPC and UTS namespaces, no variable of
/// ours but `environment`. In this system they stay as they are.
std::vector<std::string> enter(const RootSystem& system, std::vector<std::string> arguments,
                               const Environment& environment);

/// The kernel setting that keeps users from making namespaces and what to do about it, read from `proc_sys`
/// (`/proc/sys`). Where no setting does, a container's seccomp profile is left.
std::string namespace_advice(const std::string& proc_sys);

}  // namespace hybugs
