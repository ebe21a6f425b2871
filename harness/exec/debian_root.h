// Root file systems of Debian releases, made with apt and mmdebstrap
// (https://gitlab.mister-muffin.de/josch/mmdebstrap).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/core/error.h"

namespace hybugs {

struct DebianRootPlan {
  std::string release;                    // trixie
  std::string mirror;                     // URI of the archive
  std::vector<std::string> apt_settings;  // lines for apt.conf
  std::vector<std::string> packages;
  std::string folder;     // exists: the root file system becomes folder/root, the log is folder/create.log
  std::string downloads;  // folder that keeps packages, so that no download is repeated
};

/// Downloads what is missing, then makes the root file system under a name of its own and moves it to `folder`/root:
/// what is there is whole. `stage` is told what begins. Needs root, or user namespaces and subordinate ids.
Result<void> make_debian_root(const DebianRootPlan& plan, const std::function<void(const std::string&)>& stage);

/// The first lines of `output` in which apt or mmdebstrap says what went wrong.
std::string apt_error(const std::string& output);

/// URI of the Debian archive that this system's own packages come from; empty where it is no Debian.
std::string own_mirror();

/// What this system's apt is told about networks and dates, as lines for apt.conf: proxies, timeouts, whether expired
/// archives are accepted. Our own line accepts them always: testing's and snapshots' indexes expire within days, and
/// stay signed.
std::vector<std::string> own_apt_settings();

/// The lines among `dump` (of apt-config) that own_apt_settings() passes on.
std::vector<std::string> network_settings(const std::string& dump);

/// Bytes that an environment takes in the end, and that packages take beside it.
inline constexpr std::int64_t kRootBytes = 1'700'000'000;
inline constexpr std::int64_t kDownloadBytes = 500'000'000;

}  // namespace hybugs
