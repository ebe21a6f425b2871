#include "harness/core/torch_environment.h"

#include <re2/re2.h>

#include <algorithm>

namespace hybugs {

const std::vector<DebianRelease>& debian_releases() {
  static const std::vector<DebianRelease> releases = {
      {"bookworm", "12", "1.13.1"}, {"trixie", "13", "2.6.0"}, {"forky", "14", "2.14.1"}};
  return releases;
}

const DebianRelease* find_release(const std::string& name) {
  const auto& all = debian_releases();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& release) { return release.name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool is_environment_name(const std::string& name) {
  static const RE2 pattern("[a-z0-9][a-z0-9._-]*");
  return RE2::FullMatch(name, pattern) && name != kHostEnvironment;
}

}  // namespace hybugs
