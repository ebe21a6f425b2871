#include "harness/exec/builder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/exec/scheduler.h"
#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

Result<CommandOutput> run_build(const Paths& paths, const std::vector<std::string>& targets, int jobs) {
  std::vector<std::string> arguments = {"cmake",   "--build", paths.build, "--parallel", std::to_string(jobs),
                                        "--target"};
  arguments.insert(arguments.end(), targets.begin(), targets.end());
  arguments.insert(arguments.end(), {"--", "-k", "0"});
  Command command{enter(system_of(paths), std::move(arguments), {}), {}, {}, "", true};
  command.stop = &stop_flag();
  auto output = run_command(std::move(command));
  if (output && stop_flag())
    return Unexpected(Error{"", 0, "interrupted while building", "start it again: what is built stays"});
  return output;
}

// Ninja doesn't expect company in its build folder: a second `hybugs` waits here.
Fd lock_build(const Paths& paths) {
  std::error_code ignored;
  if (!paths.environment.is_host()) fs::create_directories(paths.build, ignored);
  Fd lock(::open((paths.build + "/" + kBuildLock).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666));
  if (lock.valid()) ::flock(lock.get(), LOCK_EX);
  return lock;
}

std::string write_log(const Paths& paths, const std::string& id, const std::string& text) {
  const fs::path folder = fs::path(paths.build) / "log";
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  const std::string path = (folder / (id + ".log")).string();
  std::ofstream(path) << text;
  return path;
}

std::vector<std::string> names_of(const CaseSpec& spec, Variants variants) {
  return variants == Variants::all ? spec.variants : std::vector<std::string>{"buggy", "fixed"};
}

// Ninja knows a variant by its place in the build folder.
void add_variants(const Paths& paths, const CaseSpec& spec, Variants variants, std::vector<std::string>& targets) {
  for (const std::string& variant : names_of(spec, variants)) {
    targets.push_back(fs::path(paths.library(spec.id, variant)).lexically_relative(paths.build).string());
  }
}

bool are_built(const Paths& paths, const CaseSpec& spec, Variants variants) {
  const auto names = names_of(spec, variants);
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return fs::exists(paths.library(spec.id, name)); });
}

}  // namespace

Error build_error(const Paths& paths, const std::string& what, const std::string& output) {
  return {write_log(paths, what, output), 0, "the build failed: " + first_error_line(output),
          "the file has the whole output"};
}

std::string first_error_line(const std::string& output) {
  std::istringstream lines(output);
  std::string first;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("error:") != std::string::npos || line.find("Error:") != std::string::npos ||
        line.find("CMake Error") != std::string::npos) {
      return line;
    }
    if (first.empty() && line.find("FAILED:") != std::string::npos) first = line;
  }
  return first.empty() ? "the build failed without an error line" : first;
}

Result<BuildFailures> build_cases(const Paths& paths, const std::vector<const CaseSpec*>& cases, Variants variants,
                                  int jobs) {
  const Fd lock = lock_build(paths);
  if (const auto configured = configure_build(paths); !configured) return Unexpected(configured.error());
  std::vector<std::string> targets = {"hybugs-host"};
  for (const CaseSpec* spec : cases) add_variants(paths, *spec, variants, targets);
  const auto built = run_build(paths, targets, jobs);
  if (!built) return Unexpected(built.error());
  if (built->ok()) return BuildFailures{};

  // Some case doesn't compile, or CMake doesn't know one yet: ask for each alone to learn which.
  BuildFailures failures;
  const auto host = run_build(paths, {"hybugs-host"}, jobs);
  if (!host) return Unexpected(host.error());
  if (!host->ok()) return Unexpected(build_error(paths, "hybugs-host", host->output));
  for (const CaseSpec* spec : cases) {
    std::vector<std::string> libraries;
    add_variants(paths, *spec, variants, libraries);
    const auto output = run_build(paths, libraries, jobs);
    if (!output) return Unexpected(output.error());
    if (output->ok() && are_built(paths, *spec, variants)) continue;
    failures[spec->id] = {first_error_line(output->output), write_log(paths, spec->id, output->output)};
  }
  return failures;
}

Result<BuildFailures> find_built_cases(const Paths& paths, const std::vector<const CaseSpec*>& cases,
                                       Variants variants) {
  if (!fs::exists(paths.host())) {
    return Unexpected(Error{paths.host(), 0, "is not built", "build it first: the same command without --no-build"});
  }
  BuildFailures failures;
  for (const CaseSpec* spec : cases) {
    if (!are_built(paths, *spec, variants)) failures[spec->id] = {"is not built", paths.output + "/" + spec->id};
  }
  return failures;
}

Result<void> install_harness(const Paths& paths, const std::string& prefix, int jobs,
                             const std::vector<std::string>& components) {
  const Fd lock = lock_build(paths);
  std::vector<std::string> targets = {"hybugs-host", "hybugs-try"};
  const bool exercises = std::find(components.begin(), components.end(), "exercise") != components.end();
  if (exercises) targets.emplace_back("hybugs-exercise");
  const auto built = run_build(paths, targets, jobs);
  if (!built) return Unexpected(built.error());
  if (!built->ok()) return Unexpected(build_error(paths, "harness", built->output));
  for (const std::string& component : components) {
    const auto installed = run_command(
        {{"cmake", "--install", paths.build, "--component", component, "--prefix", prefix}, {}, {}, "", true});
    if (!installed) return Unexpected(installed.error());
    if (!installed->ok()) return Unexpected(build_error(paths, "harness", installed->output));
  }
  return {};
}

}  // namespace hybugs
