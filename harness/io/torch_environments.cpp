#include "harness/io/torch_environments.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/core/case_spec.h"
#include "harness/io/fields.h"
#include "harness/io/files.h"
#include "harness/io/json_fields.h"

namespace hybugs {

namespace fs = std::filesystem;

template <>
struct Fields<TorchEnvironment> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& environment) {
    archive("name", environment.name);
    archive("unpacked", environment.unpacked);
    archive("libtorch", environment.libtorch);
    archive("system", environment.system);
    archive("packages", environment.packages);
    archive("date", environment.date);
  }
};

namespace {

constexpr int kSchema = 1;

std::string description_path(const std::string& folder) {
  return folder + "/environment.json";
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string command_that_makes(const fs::path& folder) {
  const std::string command = "hybugs env create " + folder.filename().string();
  const std::string place = folder.parent_path();
  return place == default_environments_folder() ? command : command + " --dir " + place;
}

Error not_whole(const fs::path& folder) {
  if (fs::exists(folder)) {
    return {folder, 0, "the environment is not finished", "go on: " + command_that_makes(folder)};
  }
  const std::string name = folder.filename();
  return {folder, 0, "there is no environment '" + name + "'",
          find_release(name) != nullptr
              ? "make it: " + command_that_makes(folder)
              : "`hybugs env list` shows those there are, `hybugs env create --help` how to make one"};
}

}  // namespace

std::string default_environments_folder() {
  if (const std::string given = variable("HYBUGS_ENV_DIR"); !given.empty()) return absolute_folder(given);
  const std::string cache = variable("XDG_CACHE_HOME");
  return (cache.empty() ? variable("HOME") + "/.cache" : cache) + "/hybugs/environments";
}

Result<TorchEnvironment> read_environment(const std::string& folder) {
  const std::string path = description_path(folder);
  if (!fs::exists(path)) return Unexpected(not_whole(folder));
  const auto text = read_file(path);
  if (!text) return Unexpected(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object() || json.value("schema", 0) != kSchema) {
    return Unexpected(Error{path, 0, "no description of an environment that this version reads",
                            "make it again: hybugs env remove " + fs::path(folder).filename().string()});
  }
  auto environment = read_fields<TorchEnvironment>(json, "environment");
  if (!environment) return Unexpected(Error{path, 0, environment.error().message, environment.error().hint});
  environment->folder = folder;
  return environment;
}

Result<void> write_environment(const TorchEnvironment& environment) {
  auto json = write_fields(environment);
  json["schema"] = kSchema;
  return write_file(description_path(environment.folder), json.dump(2) + "\n");
}

TorchEnvironments list_environments(const std::string& folder) {
  TorchEnvironments found;
  if (!fs::exists(folder)) return found;
  const auto names = list_folder(folder);
  if (!names) {
    found.errors.push_back(names.error());
    return found;
  }
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    // Others' folders are none of ours.
    const bool ours = fs::exists(path + "/" + kEnvironmentLock) || fs::exists(description_path(path));
    if (!is_environment_name(name) || !ours) continue;
    auto environment = read_environment(path);
    if (environment) {
      found.all.push_back(std::move(*environment));
    } else {
      found.errors.push_back(environment.error());
    }
  }
  std::stable_sort(found.all.begin(), found.all.end(), [](const TorchEnvironment& a, const TorchEnvironment& b) {
    return version_in_range(a.libtorch, "<" + b.libtorch);
  });
  return found;
}

Result<std::string> read_unpacked_libtorch(const std::string& folder) {
  const auto config = read_file(folder + "/share/cmake/Torch/TorchConfigVersion.cmake");
  const auto library = read_file(folder + "/lib/libc10.so");
  if (!config || !library) {
    return Unexpected(Error{folder, 0, "this is no unpacked LibTorch",
                            "name the folder that holds include, lib and share, as in the archive from pytorch.org"});
  }
  // std::string in the names of its functions: what libstdc++ calls __cxx11 since GCC 5.
  if (library->find("__cxx11") == std::string::npos) {
    return Unexpected(Error{folder, 0,
                            "this LibTorch was built with another C++ ABI (_GLIBCXX_USE_CXX11_ABI=0, or libc++): "
                            "nothing that this system's compiler makes links against it",
                            "take the archive called cxx11-abi"});
  }
  std::string version;
  static const RE2 kVersion(R"re(set\s*\(\s*PACKAGE_VERSION\s+"([^"]+)")re");
  if (!RE2::PartialMatch(*config, kVersion, &version)) {
    return Unexpected(Error{folder + "/share/cmake/Torch/TorchConfigVersion.cmake", 0, "names no version",
                            "unpack the archive again"});
  }
  return version;
}

}  // namespace hybugs
