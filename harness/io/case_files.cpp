#include "harness/io/case_files.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>

#include "harness/io/files.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> list_sources(const std::string& folder) {
  std::vector<std::string> names;
  for (const fs::path name : list_folder(folder).value_or(std::vector<std::string>())) {
    if (name.extension() == ".cpp") names.push_back(name.stem());
  }
  return names;
}

bool is_variant(const std::string& name) {
  return RE2::FullMatch(name, "buggy|fixed|wrong_[a-z0-9_]+");
}

}  // namespace

std::vector<std::string> list_variants(const std::string& folder, const std::string& display_folder, Errors& errors) {
  std::vector<std::string> variants = list_sources(folder);
  for (const char* needed : {"buggy", "fixed"}) {
    if (std::binary_search(variants.begin(), variants.end(), needed)) continue;
    errors.push_back(
        {display_folder, 0, fmt::format("there is no {}.cpp", needed), "a case needs buggy.cpp and fixed.cpp"});
  }
  for (const std::string& name : variants) {
    if (is_variant(name)) continue;
    errors.push_back({fmt::format("{}/{}.cpp", display_folder, name), 0, "this is no variant",
                      "name it buggy.cpp, fixed.cpp or wrong_<name>.cpp (a-z, 0-9, _), or make it a header"});
  }
  variants.erase(std::remove_if(variants.begin(), variants.end(), [](const auto& name) { return !is_variant(name); }),
                 variants.end());
  return variants;
}

}  // namespace hybugs
