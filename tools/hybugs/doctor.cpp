// hybugs doctor: is everything here that HyBugs needs?
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/exec/host.h"
#include "harness/exec/toolchain.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/doctor_checks.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

using State = Check::State;

constexpr double kVersionTimeout = 20;  // seconds

Check build_check(const Paths& paths) {
  if (std::filesystem::exists(paths.build + "/CMakeCache.txt")) return {"build folder", State::ok, paths.build, "", ""};
  return {"build folder", State::missing, paths.build + " is not configured", "cmake --preset release", ""};
}

void add_tools(const Paths& paths, std::vector<Check>& checks) {
  for (const Tool& tool : tools_of(cmake_cache_entry(paths.build, "CMAKE_CXX_COMPILER"),
                                   cmake_cache_entry(paths.build, "CMAKE_MAKE_PROGRAM"),
                                   cmake_cache_entry(paths.build, "CMAKE_EXE_LINKER_FLAGS"))) {
    checks.push_back(tool_check(tool, run_command({{tool.program, "--version"}, {}, {}, "", true}, kVersionTimeout)));
  }
}

Check missing_libtorch(const Paths& paths, const Error& why) {
  const std::string place = cmake_cache_entry(paths.build, "Torch_DIR");
  const bool found = !place.empty() && std::filesystem::exists(place);
  if (found) return {"LibTorch", State::missing, fmt::format("in {}, but {}", place, why.message), why.hint, ""};
  return {"LibTorch", State::missing, "CMake has not found it", "then: cmake --preset release", "libtorch-dev"};
}

// The whole way of a trial, with a program that is known to be good.
Check host_check(const Paths& paths, const Sandbox& sandbox) {
  const double start = monotonic_seconds();
  auto host = Host::start({paths.host(), Threads{}, sandbox, nullptr});
  if (!host) return {"host", State::missing, host.error().message, host.error().hint, ""};
  const std::string started = duration_text(monotonic_seconds() - start);
  TrialRequest probe;
  probe.mode = TrialMode::probe;
  const TrialRecord record = (*host)->run(probe, TrialLimits{});
  if (record.outcome != Outcome::completed) {
    return {"host", State::missing, "a known-good program fails in it: " + record.detail, "build it again", ""};
  }
  return {"host", State::ok, fmt::format("started in {}, a trial in {}", started, duration_text(record.seconds)), "",
          ""};
}

void add_libtorch(const Paths& paths, const Sandbox& sandbox, std::vector<Check>& checks) {
  const auto toolchain = read_toolchain(paths);
  if (!toolchain) {
    checks.push_back(missing_libtorch(paths, toolchain.error()));
    return;
  }
  const std::string place = cmake_cache_entry(paths.build, "Torch_DIR");
  checks.push_back({"LibTorch", State::ok, fmt::format("{} ({})", toolchain->libtorch, place), "", ""});
  checks.push_back({"variants", State::ok, toolchain->compiler + ", " + toolchain->flags, "", ""});
  checks.push_back(blas_check(toolchain->blas, toolchain->blas_threads));
  checks.push_back(host_check(paths, sandbox));
}

std::vector<Check> examine(const Paths& paths) {
  std::vector<Check> checks = {build_check(paths)};
  if (paths.environment.root().empty()) add_tools(paths, checks);  // an environment's come from one list of packages
  const Sandbox sandbox = probe_sandbox(system_of(paths));
  checks.push_back(sandbox_check(sandbox));
  add_libtorch(paths, sandbox, checks);
  return checks;
}

void print_checks_json(const std::vector<Check>& checks, const std::string& install) {
  nlohmann::json list = nlohmann::json::array();
  for (const Check& check : checks) {
    list.push_back({{"name", check.name},
                    {"state", state_name(check.state)},
                    {"detail", check.detail},
                    {"hint", check.hint},
                    {"package", check.package}});
  }
  print_json({{"ok", !any_missing(checks)}, {"checks", std::move(list)}, {"install", install}});
}

const Style& style_of(State state) {
  switch (state) {
    case State::ok:
      return kGreen;
    case State::warning:
      return kYellow;
    case State::missing:
      break;
  }
  return kRed;
}

void print_check(const Check& check, int width, bool colour) {
  constexpr int kIndent = 22;
  const std::string state = painted(fmt::format("{:<9}", state_name(check.state)), style_of(check.state), colour);
  const std::string lines = wrap(check.detail, width, kIndent);
  print(fmt::format("{}{:<13}{}", state, check.name, lines.substr(std::min<std::size_t>(kIndent, lines.size()))));
  if (!check.hint.empty()) print(wrap(check.hint, width, kIndent));
}

void print_checks(const std::vector<Check>& checks, const std::string& install, bool colour) {
  for (const Check& check : checks) print_check(check, output_width(STDOUT_FILENO), colour);
  if (!install.empty()) print(fmt::format("\nTo install what is not there:\n  {}\n", install));
  print(any_missing(checks) ? "\nSomething that is needed is missing.\n" : "\nEverything that is needed is here.\n");
}

int doctor(const Session& session, bool json) {
  const std::vector<Check> checks = examine(session.paths);
  const std::string install = apt_line(checks, ::geteuid() == 0);
  if (json) {
    print_checks_json(checks, install);
  } else {
    print_checks(checks, install, session.colour);
  }
  return any_missing(checks) ? kHarnessFailure : kAsExpected;
}

}  // namespace

void add_doctor(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("doctor", "Look whether everything is here that HyBugs needs");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "the findings as JSON");
  command->footer(
      "Exit code 3: something that is needed is missing; the line that installs it is printed.\n"
      "Examples:\n"
      "  hybugs doctor\n"
      "  hybugs doctor --json | jq -r .install");
  command->callback([&session, json] { session.exit_code = doctor(session, *json); });
}

}  // namespace hybugs
