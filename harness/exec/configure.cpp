#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "harness/exec/builder.h"
#include "harness/exec/spawn.h"
#include "harness/exec/toolchain.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

// A corpus beside the checkout; its variants are built below this folder.
constexpr const char* kCorpora = "corpora";

bool is_inside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::string identity_path(const Paths& paths) {
  return paths.build + "/environment";
}

// What a build folder was made for. Headers of packages are older than what is compiled from them, so that no build
// tool notices when they are replaced.
std::string identity_of(const TorchEnvironment& environment) {
  return environment.name + " LibTorch " + environment.libtorch + " of " + environment.date;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void clear_build(const Paths& paths) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(paths.build, ignored)) {
    if (entry.path().filename() != kBuildLock) fs::remove_all(entry.path(), ignored);
  }
}

bool has_clang(const TorchEnvironment& environment) {
  if (!environment.root().empty()) return fs::exists(environment.root() + "/usr/bin/clang++");
  const auto version = run_command({{"clang++", "--version"}, {}, {}, "/", true}, 20);
  return version && version->ok();
}

// The folders that the build knows and the one that is asked for.
std::string corpora_of(const Paths& paths, bool& known) {
  const std::string text = cmake_cache_entry(paths.build, "HYBUGS_CORPORA");
  known = !paths.source.empty() && is_inside(paths.cases, paths.source);
  std::istringstream folders(text);
  for (std::string folder; std::getline(folders, folder, ';');) known = known || folder == paths.cases;
  return known ? text : text + (text.empty() ? "" : ";") + paths.cases;
}

// An installed HyBugs finds the build folder of somebody's own project, and leaves it to them.
Result<void> check_project(const Paths& paths) {
  if (!fs::exists(paths.build + "/CMakeCache.txt")) {
    return Unexpected(Error{paths.build, 0, "is no build folder of CMake",
                            "name one with --build, of a project that calls find_package(HyBugs)"});
  }
  bool known = false;
  corpora_of(paths, known);
  if (known) return {};
  return Unexpected(Error{paths.build, 0, "doesn't build the cases in " + paths.cases,
                          "call hybugs_add_corpus() with that folder in its CMakeLists.txt"});
}

std::vector<std::string> configure_command(const Paths& paths, bool fresh, const std::string& corpora) {
  std::vector<std::string> command = {"cmake", "-S", paths.source, "-B", paths.build, "-DHYBUGS_CORPORA=" + corpora};
  if (!fresh) return command;
  command.insert(command.end(), {"--preset", has_clang(paths.environment) ? "release" : "gcc", "-DHYBUGS_TESTS=OFF",
                                 "-DHYBUGS_WERROR=OFF"});
  const std::string& unpacked = paths.environment.unpacked;
  if (!unpacked.empty()) command.push_back("-DCMAKE_PREFIX_PATH=" + unpacked);
  return command;
}

}  // namespace

RootSystem system_of(const Paths& paths) {
  std::error_code ignored;
  if (!paths.environment.is_host()) fs::create_directories(paths.build, ignored);  // what is bound must be there
  RootSystem system{paths.environment.root(), {paths.source}, {paths.build}};
  if (!is_inside(paths.cases, paths.source)) system.readable.push_back(paths.cases);
  return system;
}

std::string output_folder(const std::string& source, const std::string& build, const std::string& cases) {
  const bool own = !source.empty() && is_inside(cases, source);
  const fs::path place =
      own ? fs::path(cases).lexically_relative(source) : fs::path(kCorpora) / fs::path(cases).relative_path();
  return (fs::path(build) / place).lexically_normal().string();
}

Result<void> configure_build(const Paths& paths) {
  if (paths.source.empty()) return check_project(paths);
  const bool fresh = !paths.environment.is_host() && text_of(identity_path(paths)) != identity_of(paths.environment);
  if (fresh) clear_build(paths);
  bool known = false;
  const std::string corpora = corpora_of(paths, known);
  if (!fresh && known) return {};
  const auto output =
      run_command({enter(system_of(paths), configure_command(paths, fresh, corpora), {}), {}, {}, "", true});
  if (!output) return Unexpected(output.error());
  if (!output->ok()) return Unexpected(build_error(paths, "configure", output->output));
  if (fresh) std::ofstream(identity_path(paths)) << identity_of(paths.environment);
  return {};
}

}  // namespace hybugs
