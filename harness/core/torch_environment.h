// LibTorch versions beside this system's own: what the corpus is compared on.
#pragma once

#include <string>
#include <vector>

namespace hybugs {

/// A Debian release whose LibTorch an environment can have.
struct DebianRelease {
  std::string name;      // as mmdebstrap knows it
  std::string number;    // of the release
  std::string libtorch;  // version that it carries; an environment's own is read from its packages
};

/// All of them, the oldest first.
const std::vector<DebianRelease>& debian_releases();
const DebianRelease* find_release(const std::string& name);

/// This system with the LibTorch that CMake finds.
inline constexpr const char* kHostEnvironment = "host";

/// A LibTorch with what compiles and runs programs for it: the root file system of a Debian release, or an unpacked
/// LibTorch for this system's compiler.
struct TorchEnvironment {
  std::string name;      // empty: this system
  std::string folder;    // all that belongs to it; absolute path
  std::string unpacked;  // folder of an unpacked LibTorch; empty: a root file system
  std::string libtorch;  // version
  std::string system;    // PRETTY_NAME of os-release
  std::string packages;  // hash of the list of packages; empty for an unpacked LibTorch
  std::string date;      // UTC, when it was made

  bool is_host() const { return name.empty(); }
  /// Its root file system; empty where programs run in this system's.
  std::string root() const { return is_host() || !unpacked.empty() ? "" : folder + "/root"; }
};

/// `[a-z0-9][a-z0-9._-]*`, and not `host`.
bool is_environment_name(const std::string& name);

}  // namespace hybugs
