#include "harness/exec/toolchain.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

std::string first_line_of(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// The value behind `key` in a file of `key<separator>value` lines.
std::string value_in(const std::string& path, const std::string& key, char separator) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.compare(0, key.size(), key) != 0) continue;
    const auto at = line.find(separator);
    if (at == std::string::npos) continue;
    const auto start = line.find_first_not_of(" \t\"", at + 1);
    if (start == std::string::npos) return "";
    return line.substr(start, line.find_last_not_of(" \t\"") + 1 - start);
  }
  return "";
}

std::string output_of(const std::vector<std::string>& arguments, const std::string& folder) {
  const auto output = run_command({arguments, {}, {}, folder, true}, 20);
  if (!output || !output->ok()) return "";
  return output->output.substr(0, output->output.find('\n'));
}

std::string commit_of(const std::string& folder) {
  if (folder.empty()) return "";
  const std::string commit = output_of({"git", "rev-parse", "HEAD"}, folder);
  if (commit.empty()) return "";
  return commit + (output_of({"git", "status", "--porcelain"}, folder).empty() ? "" : "+");
}

std::string governor() {
  const std::string name = first_line_of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  return name.empty() ? "unknown" : name;
}

// `0-3`; the kernel writes it in its list format.
std::string affinity() {
  return value_in("/proc/self/status", "Cpus_allowed_list", ':');
}

}  // namespace

std::string cmake_cache_entry(const std::string& build, const std::string& name) {
  return value_in(build + "/CMakeCache.txt", name + ":", '=');
}

Result<Toolchain> read_toolchain(const Paths& paths) {
  const Environment environment = {{"OPENBLAS_NUM_THREADS", "1"}};
  const auto output =
      run_command({enter(system_of(paths), {paths.host(), "--info"}, environment), environment, {}, "", true}, 60);
  const auto info = output ? nlohmann::json::parse(output->output, nullptr, false) : nlohmann::json();
  if (!output || !output->ok() || !info.is_object()) {
    return Unexpected(Error{paths.host(), 0, "hybugs-host does not run",
                            "build it: cmake --build " + paths.build + " --target hybugs-host"});
  }
  Toolchain toolchain;
  toolchain.libtorch = info.value("libtorch", "");
  toolchain.libtorch_file = info.value("libtorch_file", "");
  toolchain.blas = info.value("blas", "");
  toolchain.blas_threads = info.value("blas_threads", "");
  toolchain.compiler = info.value("compiler", "") + " (" + cmake_cache_entry(paths.build, "CMAKE_CXX_COMPILER") + ")";
  toolchain.flags = info.value("flags", "");
  return toolchain;
}

std::string system_name(const std::string& root) {
  return value_in(root + "/etc/os-release", "PRETTY_NAME", '=');
}

double load_average() {
  double load = 0;
  return ::getloadavg(&load, 1) == 1 ? load : 0;
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

Context read_context(const Paths& paths, const Toolchain& toolchain, const Sandbox& sandbox,
                     const std::string& command_line) {
  Context context;
  utsname system{};
  ::uname(&system);
  context.date = utc_now();
  context.machine = value_in("/proc/cpuinfo", "model name", ':');
  context.cores = static_cast<int>(std::thread::hardware_concurrency());
  context.memory_bytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
  context.kernel = system.release;
  context.system = system_name(paths.environment.root());
  context.libtorch = toolchain.libtorch;
  context.blas = toolchain.blas;
  context.compiler = toolchain.compiler;
  context.flags = toolchain.flags;
  context.sandbox =
      std::string(sandbox_name(sandbox.level)) + (sandbox.reason.empty() ? "" : " (" + sandbox.reason + ")");
  context.commit = commit_of(paths.source);
  context.governor = governor();
  context.affinity = affinity();
  context.load_start = load_average();
  context.command = command_line;
  return context;
}

}  // namespace hybugs
