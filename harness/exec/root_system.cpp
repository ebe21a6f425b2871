#include "harness/exec/root_system.h"

#include <filesystem>
#include <fstream>

namespace hybugs {
namespace {

namespace fs = std::filesystem;

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

// Only what programs need: mount points can then be made everywhere else, and nothing changes the system.
std::vector<std::string> system_mounts(const std::string& root) {
  std::vector<std::string> arguments = {"--ro-bind", root + "/usr", "/usr", "--ro-bind", root + "/etc", "/etc"};
  for (const char* name : {"bin", "lib", "lib64", "sbin"}) {
    if (!fs::exists(root + "/usr/" + name)) continue;
    append(arguments, {"--symlink", std::string("usr/") + name, std::string("/") + name});
  }
  // Which LibTorch this is, is asked of its package.
  append(arguments, {"--ro-bind-try", root + "/var/lib/dpkg", "/var/lib/dpkg"});
  append(arguments, {"--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/run"});
  return arguments;
}

std::string value_of(const std::string& path) {
  std::ifstream file(path);
  std::string value;
  file >> value;
  return value;
}

}  // namespace

std::vector<std::string> enter(const RootSystem& system, std::vector<std::string> arguments,
                               const Environment& environment) {
  if (system.root.empty()) return arguments;
  std::vector<std::string> wrapped = {"bwrap",         "--unshare-pid",     "--unshare-net", "--unshare-ipc",
                                      "--unshare-uts", "--die-with-parent", "--clearenv",    "--setenv",
                                      "PATH",          "/usr/bin:/usr/sbin"};
  append(wrapped, {"--setenv", "HOME", "/tmp", "--setenv", "LC_ALL", "C.UTF-8"});
  for (const auto& [name, value] : environment) append(wrapped, {"--setenv", name, value});
  append(wrapped, system_mounts(system.root));
  for (const std::string& folder : system.readable) append(wrapped, {"--ro-bind", folder, folder});
  for (const std::string& folder : system.writable) append(wrapped, {"--bind", folder, folder});
  wrapped.emplace_back("--");
  append(wrapped, arguments);
  return wrapped;
}

std::string namespace_advice(const std::string& proc_sys) {
  if (value_of(proc_sys + "/user/max_user_namespaces") == "0") {
    return "allow user namespaces: sysctl user.max_user_namespaces=10000";
  }
  if (value_of(proc_sys + "/kernel/unprivileged_userns_clone") == "0") {
    return "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1";
  }
  if (value_of(proc_sys + "/kernel/apparmor_restrict_unprivileged_userns") == "1") {
    return "allow user namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0";
  }
  return "in a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined";
}

}  // namespace hybugs
