// hybugs doctor: what this machine offers, and what is missing.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "harness/exec/sandbox.h"
#include "harness/exec/spawn.h"
#include "harness/exec/toolchain.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

struct Finding {
  std::string name;
  std::string found;    // empty: not there
  std::string package;  // that brings it
  bool needed = true;
  std::string note;
};

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string version_of(const std::string& program) {
  const auto output = run_command({{program, "--version"}, {}, {}, "", true}, 20);
  return output && output->ok() ? first_line(output->output) : "";
}

Finding program(const std::string& name, const std::string& package, bool needed, const std::string& note = "") {
  return {name, version_of(name), package, needed, note};
}

// A host runs with OPENBLAS_NUM_THREADS set, and so does the one that is asked here.
void add_toolchain(const Session& session, std::vector<Finding>& findings) {
  const auto toolchain = read_toolchain(session.paths);
  const std::string build = "build it: cmake --preset release && cmake --build --preset release --target hybugs-host";
  findings.push_back({"hybugs-host", toolchain ? session.paths.host() : "", "", true, toolchain ? "" : build});
  if (!toolchain) return;
  const bool reference = toolchain->blas.find("openblas") == std::string::npos;
  findings.push_back({"LibTorch", toolchain->libtorch, "libtorch-dev", true, ""});
  findings.push_back({"BLAS", toolchain->blas, "libopenblas0-pthread", true,
                      reference ? "not OpenBLAS: matrix products take several times as long" : ""});
  findings.push_back({"BLAS threads in a host", toolchain->blas_threads, "", true,
                      toolchain->blas_threads == "1" ? "" : "a host asks for one"});
  findings.push_back({"compiler of the variants", toolchain->compiler + " " + toolchain->flags, "clang", true, ""});
}

std::vector<Finding> examine(const Session& session) {
  std::vector<Finding> findings = {program(cmake_cache_entry(session.paths.build, "CMAKE_CXX_COMPILER").empty()
                                               ? "clang++"
                                               : cmake_cache_entry(session.paths.build, "CMAKE_CXX_COMPILER"),
                                           "clang", true),
                                   program("mold", "mold", true),
                                   program("cmake", "cmake", true),
                                   program("ninja", "ninja-build", true),
                                   program("git", "git", true),
                                   program("bwrap", "bubblewrap", false, "contains hosts"),
                                   program("gdb", "gdb", false, "for `hybugs debug --gdb`")};
  add_toolchain(session, findings);
  const Sandbox sandbox = probe_sandbox();
  findings.push_back({"sandbox", sandbox_name(sandbox.level), "", false,
                      sandbox.reason.empty() ? "" : "no namespaces: " + sandbox.reason});
  return findings;
}

std::string apt_line(const std::vector<Finding>& findings) {
  std::string packages;
  for (const Finding& finding : findings) {
    if (finding.found.empty() && !finding.package.empty()) packages += " " + finding.package;
  }
  return packages.empty() ? "" : "apt-get install --no-install-recommends" + packages;
}

bool lacks_something(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.needed && finding.found.empty()) return true;
  }
  return false;
}

void print_table(const Session& session, const std::vector<Finding>& findings) {
  TextTable table({{"", Column::Align::left, 0},
                   {"what", Column::Align::left, 0},
                   {"found", Column::Align::left, 30},
                   {"", Column::Align::left, 20}});
  for (const Finding& finding : findings) {
    const bool there = !finding.found.empty();
    const Cell mark = there ? Cell("ok", kGreen) : finding.needed ? Cell("MISSING", kRed) : Cell("absent", kYellow);
    table.add({mark, finding.name, finding.found, finding.note});
  }
  print(table.text(output_width(STDOUT_FILENO), session.colour));
  const std::string line = apt_line(findings);
  if (!line.empty()) print("\nTo install what is missing:\n  " + line + "\n");
}

nlohmann::json to_json(const std::vector<Finding>& findings) {
  nlohmann::json list = nlohmann::json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"name", finding.name},
                    {"found", finding.found},
                    {"needed", finding.needed},
                    {"package", finding.package},
                    {"note", finding.note}});
  }
  return {{"findings", list}, {"install", apt_line(findings)}};
}

}  // namespace

void add_doctor(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("doctor", "What this machine offers, and what is missing");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "print a list as JSON");
  command->footer(
      "Example:\n"
      "  hybugs doctor    compiler, LibTorch, BLAS and its threads, sandbox; the apt line for what is missing\n"
      "Exit code 3 when something needed is missing.");
  command->callback([&session, json] {
    const auto findings = examine(session);
    if (*json) {
      print_json(to_json(findings));
    } else {
      print_table(session, findings);
    }
    session.exit_code = lacks_something(findings) ? kHarnessFailure : kAsExpected;
  });
}

}  // namespace hybugs
