#include "tools/hybugs/doctor_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace hybugs {
namespace {

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

Tool compiler_tool(const std::string& compiler) {
  const std::string program = compiler.empty() ? "clang++" : compiler;
  const std::string name = std::filesystem::path(program).filename().string();
  return {"compiler", program, contains(name, "clang") ? "clang" : "g++", Check::State::missing, "compiles the cases"};
}

Tool linker_tool(const std::string& flags) {
  const Check::State missing = Check::State::missing;
  const std::string purpose = "links the cases";
  if (contains(flags, "-fuse-ld=mold")) return {"linker", "mold", "mold", missing, purpose};
  if (contains(flags, "-fuse-ld=lld")) return {"linker", "ld.lld", "lld", missing, purpose};
  return {"linker", "ld", "binutils", missing, purpose};
}

}  // namespace

std::vector<Tool> tools_of(const std::string& compiler, const std::string& make_program,
                           const std::string& linker_flags) {
  constexpr auto kMissing = Check::State::missing;
  constexpr auto kWarning = Check::State::warning;
  return {compiler_tool(compiler),
          {"CMake", "cmake", "cmake", kMissing, "builds the cases"},
          {"Ninja", make_program.empty() ? "ninja" : make_program, "ninja-build", kMissing, "builds the cases"},
          linker_tool(linker_flags),
          {"git", "git", "git", kMissing, "shows differences, and the corpus's commit in results"},
          {"bubblewrap", "bwrap", "bubblewrap", kWarning, "without it, stray processes may survive"},
          {"gdb", "gdb", "gdb", kWarning, "only for looking into a trial with a debugger"}};
}

Check tool_check(const Tool& tool, const Result<CommandOutput>& version) {
  if (version && version->ok()) {
    return {tool.name, Check::State::ok, fmt::format("{} ({})", first_line(version->output), tool.program), "", ""};
  }
  const std::string why = version ? "does not run, " + first_line(version->output) : "not found";
  return {tool.name, tool.without, fmt::format("{}: {}; {}", tool.program, why, tool.purpose), "", tool.package};
}

Check blas_check(const std::string& library, const std::string& threads) {
  const std::string detail = fmt::format("{}, {} in a host", library.empty() ? "built into LibTorch" : library,
                                         threads == "1" ? "1 thread" : threads + " threads");
  const bool is_reference = contains(library, "/blas/libblas") || contains(library, "/atlas/");
  if (is_reference) {
    return {"BLAS", Check::State::warning, detail + ": matrix products are several times slower than with OpenBLAS",
            "where OpenBLAS is installed: update-alternatives --config libblas.so.3-$(uname -m)-linux-gnu",
            "libopenblas0-pthread"};
  }
  const bool is_pinned = threads == "1" || threads == "unknown";
  if (!is_pinned) {
    return {"BLAS", Check::State::warning, detail, "it ignores OPENBLAS_NUM_THREADS: times depend on the cores", ""};
  }
  return {"BLAS", Check::State::ok, detail, "", ""};
}

Check sandbox_check(const Sandbox& sandbox) {
  if (sandbox.level == Sandbox::Level::namespaces) {
    return {"sandbox", Check::State::ok, "namespaces: no process of a trial survives", "", ""};
  }
  return {"sandbox", Check::State::warning,
          fmt::format("{}: a process that hides may survive a killed hybugs; {}", sandbox_name(sandbox.level),
                      sandbox.reason),
          "allow user namespaces (in a container: --security-opt seccomp=unconfined; on Ubuntu: AppArmor)", ""};
}

bool any_missing(const std::vector<Check>& checks) {
  return std::any_of(checks.begin(), checks.end(),
                     [](const Check& check) { return check.state == Check::State::missing; });
}

std::string apt_line(const std::vector<Check>& checks, bool root) {
  std::set<std::string> packages;
  for (const Check& check : checks) {
    if (!check.package.empty()) packages.insert(check.package);
  }
  if (packages.empty()) return "";
  return fmt::format("{}apt-get install --no-install-recommends {}", root ? "" : "sudo ", fmt::join(packages, " "));
}

const char* state_name(Check::State state) {
  switch (state) {
    case Check::State::ok:
      return "ok";
    case Check::State::warning:
      return "warning";
    case Check::State::missing:
      return "missing";
  }
  return "?";
}

}  // namespace hybugs
