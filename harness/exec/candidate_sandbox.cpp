#include "harness/exec/candidate_sandbox.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "harness/exec/spawn.h"
#include "harness/exec/syscall_filter.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

constexpr int kFilterDescriptor = 9;  // sh knows one digit

std::vector<std::string> become_unprivileged(int slot) {
  if (::geteuid() != 0) return {};
  const std::string user = std::to_string(kFirstCandidateUser + slot);
  return {"setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--no-new-privs", "--"};
}

std::vector<std::string> system_mounts() {
  std::vector<std::string> arguments = {"--ro-bind", "/usr", "/usr"};
  for (const char* name : {"bin", "lib", "lib64", "sbin"}) {
    if (fs::exists(fmt::format("/usr/{}", name))) {
      append(arguments, {"--symlink", fmt::format("usr/{}", name), fmt::format("/{}", name)});
    }
  }
  // Debian picks BLAS and the compiler through alternatives.
  append(arguments, {"--ro-bind-try", "/etc/alternatives", "/etc/alternatives", "--ro-bind-try", "/etc/ld.so.cache",
                     "/etc/ld.so.cache"});
  return arguments;
}

std::vector<std::string> limit_resources(const CandidateLimits& limits) {
  std::vector<std::string> arguments = {"prlimit", "--core=0", fmt::format("--cpu={}", limits.cpu_seconds),
                                        fmt::format("--fsize={}", limits.file_bytes),
                                        fmt::format("--nproc={}", limits.processes)};
  if (limits.address_space > 0) arguments.push_back(fmt::format("--as={}", limits.address_space));
  arguments.push_back("--");
  return arguments;
}

}  // namespace

std::vector<std::string> CandidateSandbox::wrap(const std::vector<std::string>& arguments,
                                                const Environment& environment, const std::vector<Mount>& mounts,
                                                const CandidateLimits& limits, int slot) const {
  std::vector<std::string> wrapped;
  if (level_ == CandidateLevel::namespaces) {
    // The descriptor goes through env and setpriv to bwrap, which keeps it from the candidate.
    wrapped = {"sh", "-c", fmt::format("exec \"$@\" {}< \"$0\"", kFilterDescriptor), filter_path_};
    // bwrap itself is visible inside: it must not carry this program's environment, which --clearenv is too late for.
    append(wrapped, {"env", "-i", "PATH=/usr/bin:/bin"});
    append(wrapped, become_unprivileged(slot));
    append(wrapped, {"bwrap", "--as-pid-1", "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent",
                     "--new-session", "--clearenv", "--cap-drop", "ALL", "--hostname", "candidate", "--seccomp",
                     std::to_string(kFilterDescriptor)});
    append(wrapped, system_mounts());
    append(wrapped, {"--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--size",
                     std::to_string(limits.temporary_bytes), "--tmpfs", "/tmp", "--chdir", "/tmp"});
    for (const Mount& mount : mounts) append(wrapped, {"--ro-bind", mount.path, mount.inside});
    append(wrapped, {"--setenv", "PATH", "/usr/bin", "--setenv", "LC_ALL", "C"});
    for (const auto& [name, value] : environment) append(wrapped, {"--setenv", name, value});
    append(wrapped, {"--remount-ro", "/", "--"});
  }
  append(wrapped, limit_resources(limits));
  append(wrapped, arguments);
  return wrapped;
}

CandidateSandbox CandidateSandbox::probe() {
  CandidateSandbox sandbox;
  auto filter = make_syscall_filter();
  if (!filter) {
    sandbox.level_ = CandidateLevel::weak;
    sandbox.reason_ = filter.error().message;
    return sandbox;
  }
  sandbox.filter_ = std::make_shared<Fd>(std::move(*filter));
  sandbox.filter_path_ = fmt::format("/proc/{}/fd/{}", ::getpid(), sandbox.filter_->get());
  const auto output = run_command({sandbox.wrap({"true"}, {}, {}, {}, 0), {}, {}, "/", true}, 10);
  if (output && output->ok()) return sandbox;
  sandbox.level_ = CandidateLevel::weak;
  sandbox.reason_ = output ? output->output.substr(0, output->output.find('\n')) : output.error().message;
  if (sandbox.reason_.empty()) sandbox.reason_ = "bubblewrap doesn't work here";
  return sandbox;
}

const char* level_name(CandidateLevel level) {
  return level == CandidateLevel::namespaces ? "namespaces" : "weak";
}

}  // namespace hybugs
