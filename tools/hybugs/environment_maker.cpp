#include "tools/hybugs/environment_maker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <re2/re2.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "harness/exec/debian_root.h"
#include "harness/exec/sandbox.h"
#include "harness/exec/spawn.h"
#include "harness/exec/toolchain.h"
#include "harness/io/files.h"
#include "harness/io/torch_environments.h"
#include "harness/os/fd.h"
#include "harness/report/progress.h"
#include "harness/report/text.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

Unexpected failure(const std::string& where, const std::string& message, const std::string& hint) {
  return Unexpected(Error{where, 0, message, hint});
}

void say(const std::string& text) {
  std::fputs((text + "\n").c_str(), stderr);
}

// A mount that somebody left below is not followed.
Result<void> remove_tree(const std::string& path) {
  const auto removed = run_command({{"rm", "-rf", "--one-file-system", "--", path}, {}, {}, "/", true});
  if (!removed) return Unexpected(removed.error());
  if (removed->ok()) return {};
  return failure(path, "cannot be removed: " + removed->output.substr(0, removed->output.find('\n')),
                 "remove it by hand");
}

// A root file system has files of several users, which only root can make, or who has a range of ids of his own.
Result<void> check_subordinate_ids() {
  if (::geteuid() == 0) return {};
  const auto output =
      run_command({{"unshare", "--user", "--map-root-user", "--map-auto", "true"}, {}, {}, "/", true}, 20);
  if (!output) return Unexpected(output.error());
  if (output->ok()) return {};
  return failure(
      "", "without root, mmdebstrap needs subordinate ids: " + apt_error(output->output),
      "apt-get install --no-install-recommends uidmap, and a range of ids for this user in /etc/subuid and "
      "/etc/subgid (usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER); or run it as root");
}

Result<void> check_machine(const EnvironmentPlan& plan) {
  const Sandbox sandbox = probe_sandbox();
  if (sandbox.level != Sandbox::Level::namespaces) {
    return failure("", "a root file system can't be used here: " + sandbox.reason,
                   namespace_advice("/proc/sys") +
                       "; or unpack a LibTorch for this system and register it: hybugs env add NAME --libtorch PATH");
  }
  if (!run_command({{"mmdebstrap", "--version"}, {}, {}, "/", true}, 20)) {
    return failure("", "mmdebstrap is missing", "apt-get install --no-install-recommends mmdebstrap");
  }
  if (auto allowed = check_subordinate_ids(); !allowed) return allowed;
  std::error_code error;
  const fs::space_info space = fs::space(plan.folder, error);
  const auto needed = static_cast<std::uintmax_t>(kRootBytes + kDownloadBytes);
  if (!error && space.available < needed) {
    return failure(plan.folder,
                   fmt::format("{:.1f} GB are free, {:.1f} GB are needed", static_cast<double>(space.available) / 1e9,
                               static_cast<double>(needed) / 1e9),
                   "free some space, or name another --dir");
  }
  return {};
}

// What an earlier attempt left. The description goes first: without it the rest is known to be half of something.
Result<void> clear(const std::string& folder) {
  const auto names = list_folder(folder);
  if (!names) return Unexpected(names.error());
  if (auto removed = remove_tree(folder + "/environment.json"); !removed) return removed;
  for (const std::string& name : *names) {
    if (name.rfind("root", 0) != 0) continue;
    if (auto removed = remove_tree(folder + "/" + name); !removed) return removed;
  }
  return {};
}

// What the packages say, which a release's name doesn't.
Result<std::string> libtorch_in(const std::string& root) {
  const Sandbox sandbox = probe_sandbox({root, {}, {}});
  if (sandbox.level != Sandbox::Level::namespaces) {
    return failure(root, "can't be entered: " + sandbox.reason, "make it again");
  }
  const auto output =
      run_command({sandbox({"dpkg-query", "-W", "-f", "${Version}", "libtorch-dev"}, {}), {}, {}, "/", true}, 60);
  std::string version;
  static const RE2 kVersion(R"(^(\d+\.\d+\.\d+))");
  if (output && output->ok() && RE2::PartialMatch(output->output, kVersion, &version)) return version;
  return failure(root, "holds no libtorch-dev", "make it again");
}

Result<TorchEnvironment> make(const EnvironmentPlan& plan) {
  if (auto cleared = clear(plan.folder); !cleared) return Unexpected(cleared.error());
  const std::string downloads = plan.folder + "/downloads";
  const std::string mirror = plan.mirror.empty() ? own_mirror() : plan.mirror;
  {
    Progress progress(STDERR_FILENO, 2);
    std::string current;
    const auto begin = [&](const std::string& stage) {
      if (!current.empty()) progress.finish(current);
      progress.print(STDERR_FILENO, plan.release.name + ": " + stage + "\n");
      progress.start(current = stage);
    };
    auto made = make_debian_root(
        {plan.release.name, mirror, own_apt_settings(), plan.packages.names, plan.folder, downloads}, begin);
    if (!made) return Unexpected(made.error());
  }
  const std::string root = plan.folder + "/root";
  const auto libtorch = libtorch_in(root);
  if (!libtorch) return Unexpected(libtorch.error());
  TorchEnvironment environment{plan.release.name, plan.folder,        "",       *libtorch,
                               system_name(root), plan.packages.hash, utc_now()};
  if (auto written = write_environment(environment); !written) return Unexpected(written.error());
  static_cast<void>(remove_tree(downloads));  // only room is lost
  return environment;
}

}  // namespace

Result<TorchEnvironment> make_environment(const EnvironmentPlan& plan) {
  if (auto made = make_folder(plan.folder); !made) return Unexpected(made.error());
  const Fd lock(::open((plan.folder + "/" + kEnvironmentLock).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666));
  if (!lock.valid() || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    return failure(plan.folder, "another hybugs is making this environment, or the folder can't be written to",
                   "wait for it, or name another --dir");
  }
  const auto there = read_environment(plan.folder);
  if (there && there->packages == plan.packages.hash) {
    say(plan.release.name + " is there already; nothing to do");
    return there;
  }
  if (auto checked = check_machine(plan); !checked) return Unexpected(checked.error());
  say(fmt::format("{}: takes about {:.1f} GB in {}, and {:.1f} GB more while it is made", plan.release.name,
                  static_cast<double>(kRootBytes) / 1e9, plan.folder, static_cast<double>(kDownloadBytes) / 1e9));
  return make(plan);
}

Result<void> remove_environment(const std::string& folder) {
  // First of all it stops to be an environment.
  if (auto removed = remove_tree(folder + "/environment.json"); !removed) return removed;
  return remove_tree(folder);
}

}  // namespace hybugs
