#include "harness/exec/debian_root.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostErrorLines = 3;

// apt with an empty system of its own, so that it selects what a fresh root file system needs. $1: folder, $2: release,
// $3: mirror, then the packages.
constexpr const char* kDownloadScript = R"SH(
set -eu
state=$1/apt release=$2 mirror=$3 keyring=/usr/share/keyrings/debian-archive-keyring.gpg
shift 3
mkdir -p "$state"/etc/apt "$state"/var/lib/apt/lists/partial "$state"/var/cache/apt/archives/partial "$state"/var/lib/dpkg
: >"$state"/var/lib/dpkg/status
signed=
[ ! -e "$keyring" ] || signed="[signed-by=$keyring] "
echo "deb $signed$mirror $release main" >"$state"/etc/apt/sources.list
{
  echo "Dir \"$state\"; Dir::State::status \"$state/var/lib/dpkg/status\"; Dir::Etc::trustedparts \"/etc/apt/trusted.gpg.d\";"
  echo "APT::Sandbox::User \"\"; APT::Install-Recommends \"false\"; Acquire::Languages \"none\"; Acquire::Retries \"3\";"
  cat "$state"/settings
} >"$state"/apt.conf
export APT_CONFIG="$state"/apt.conf
apt-get update --error-on=any
apt-get install --yes --download-only '?essential' apt "$@"
)SH";

Result<CommandOutput> run_logged(const DebianRootPlan& plan, const std::vector<std::string>& arguments) {
  auto output = run_command({arguments, {}, {}, "/", true});
  if (!output) return output;
  std::ofstream(plan.folder + "/create.log", std::ios::app) << output->output;
  return output;
}

Unexpected failed(const DebianRootPlan& plan, const std::string& what, const std::string& output) {
  return Unexpected(Error{plan.folder + "/create.log", 0, what + ": " + apt_error(output),
                          "the file has the whole output; the same command goes on from here"});
}

std::string joined_lines(const std::vector<std::string>& lines) {
  return lines.empty() ? "" : fmt::format("{}\n", fmt::join(lines, "\n"));
}

Result<void> download(const DebianRootPlan& plan) {
  if (plan.mirror.empty()) {
    return Unexpected(Error{"", 0, "this system's package sources name no Debian archive",
                            "name one with --mirror URI: hybugs env create " + plan.release + " --mirror URI"});
  }
  const fs::path state = fs::path(plan.downloads) / "apt";
  std::error_code error;
  fs::create_directories(state, error);
  std::ofstream(state / "settings") << joined_lines(plan.apt_settings);
  std::vector<std::string> arguments = {"sh", "-c", kDownloadScript, "sh", plan.downloads, plan.release, plan.mirror};
  arguments.insert(arguments.end(), plan.packages.begin(), plan.packages.end());
  const auto output = run_logged(plan, arguments);
  if (!output) return Unexpected(output.error());
  if (!output->ok()) return failed(plan, "downloading the packages failed", output->output);
  return {};
}

// As root mmdebstrap fills a folder; a user's one would have files of other users then, so it comes as a stream. As
// root it mounts /proc and others there, too: where it can, in a namespace that ends with it, even when it is killed.
// $1: folder, $2: release, $3: mirror or nothing, then options.
constexpr const char* kBootstrapScript = R"SH(
set -euo pipefail
target=$1 release=$2 mirror=$3
shift 3
if [ "$(id -u)" = 0 ]; then
  alone=
  ! unshare --mount true 2>/dev/null || alone="unshare --mount"
  $alone mmdebstrap --format=directory "$@" "$release" "$target" ${mirror:+"$mirror"}
else
  mmdebstrap --format=tar "$@" "$release" - ${mirror:+"$mirror"} |
    tar -x --no-same-owner --exclude='./dev/*' -C "$target"
fi
)SH";

std::vector<std::string> bootstrap_command(const DebianRootPlan& plan, const std::string& target) {
  const std::string archives = plan.downloads + "/apt/var/cache/apt/archives";
  std::vector<std::string> arguments = {"bash",
                                        "-c",
                                        kBootstrapScript,
                                        "bash",
                                        target,
                                        plan.release,
                                        plan.mirror,
                                        "--variant=apt",
                                        "--skip=essential/unlink",
                                        "--setup-hook=mkdir -p \"$1\"/var/cache/apt/archives",
                                        fmt::format("--setup-hook=sync-in '{}' /var/cache/apt/archives", archives),
                                        fmt::format("--include={}", fmt::join(plan.packages, ","))};
  for (const std::string& setting : plan.apt_settings) arguments.push_back("--aptopt=" + setting);
  return arguments;
}

}  // namespace

std::string apt_error(const std::string& output) {
  static const RE2 kError(R"((?i)^(?:E|error|W: Failed|bwrap|tar|sh|bash)\b.*)");
  std::vector<std::string> found;
  std::string last;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) last = line;
    if (RE2::FullMatch(line, kError) && found.size() < kMostErrorLines) found.push_back(line);
  }
  return found.empty() ? last : fmt::format("{}", fmt::join(found, "; "));
}

std::string own_mirror() {
  const auto system = run_command({{"sh", "-c", ". /etc/os-release; echo \"$ID\""}, {}, {}, "/", true}, 20);
  if (!system || system->output != "debian\n") return "";
  const auto targets = run_command(
      {{"apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"},
       {},
       {},
       "/",
       true},
      20);
  if (!targets) return "";
  // `bookworm`, not `bookworm-updates`: the archive itself.
  static const RE2 kMain(R"((?m)^(\S+?)/? [a-z]+ main$)");
  std::string uri;
  RE2::PartialMatch(targets->output, kMain, &uri);
  return uri;
}

std::vector<std::string> network_settings(const std::string& dump) {
  static const RE2 kSetting(
      R"((Acquire::(?:http|https|ftp|Check-Date|Retries|ForceIPv4|ForceIPv6|Max-FutureTime)(?:::\S+)? ".+";))");
  std::vector<std::string> settings;
  std::istringstream lines(dump);
  for (std::string line; std::getline(lines, line);) {
    if (RE2::FullMatch(line, kSetting)) settings.push_back(line);
  }
  return settings;
}

std::vector<std::string> own_apt_settings() {
  const auto dump = run_command({{"apt-config", "dump"}, {}, {}, "/", true}, 20);
  std::vector<std::string> settings = network_settings(dump ? dump->output : "");
  settings.emplace_back("Acquire::Check-Valid-Until \"false\";");
  return settings;
}

Result<void> make_debian_root(const DebianRootPlan& plan, const std::function<void(const std::string&)>& stage) {
  { const std::ofstream emptied(plan.folder + "/create.log", std::ios::trunc); }
  stage("downloading packages");
  if (auto downloaded = download(plan); !downloaded) return downloaded;
  stage("unpacking and configuring");
  // A name of its own: of a killed attempt, somebody may still be writing.
  const std::string target = fmt::format("{}/root.{}", plan.folder, ::getpid());
  std::error_code error;
  fs::create_directories(target, error);
  if (error) return Unexpected(Error{target, 0, "cannot create the folder: " + error.message(), "name another --dir"});
  const auto output = run_logged(plan, bootstrap_command(plan, target));
  if (!output) return Unexpected(output.error());
  if (!output->ok()) return failed(plan, "mmdebstrap failed", output->output);
  fs::rename(target, plan.folder + "/root", error);
  if (error) return Unexpected(Error{target, 0, "cannot move it to root: " + error.message(), "remove what is there"});
  return {};
}

}  // namespace hybugs
