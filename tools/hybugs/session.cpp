#include "tools/hybugs/session.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "harness/io/files.h"
#include "harness/io/torch_environments.h"
#include "tools/hybugs/packages.h"

namespace hybugs {

std::string Session::program() const {
  const bool own_corpus = paths.cases == std::filesystem::path(paths.source) / "cases";
  return program_name + (own_corpus ? "" : " --cases " + short_path(paths.cases)) +
         (environment.empty() ? "" : " --env " + environment);
}

Result<TorchEnvironment> Session::find_environment(const std::string& word) const {
  const bool is_path = word.find('/') != std::string::npos;
  const std::string folder = is_path ? absolute_folder(word) : default_environments_folder() + "/" + word;
  auto found = read_environment(folder);
  if (!found || found->packages.empty()) return found;
  const auto packages = needed_packages(paths.source);
  if (!packages) return Unexpected(packages.error());
  if (found->packages == packages->hash) return found;
  return Unexpected(Error{folder, 0, "the environment lacks packages that HyBugs needs by now",
                          "make it again: hybugs env create " + found->name});
}

bool Session::at_home(const std::string& command) const {
  if (!paths.source.empty() && paths.environment.is_host()) return true;
  print_error({"", 0, "`hybugs " + command + "` works in a checkout, with this system's LibTorch only",
               "leave out --env, and start hybugs from a checkout"});
  return false;
}

void Session::use(const TorchEnvironment& found) {
  paths.environment = found;
  paths.build = paths.source + "/build/env/" + found.name;
  paths.output = output_folder(paths.source, paths.build, paths.cases);
}

Corpus Session::load() const {
  Corpus corpus = load_corpus(paths.cases, paths.build + "/corpus-cache.json");
  for (const Error& error : corpus.errors) print_error(error);
  return corpus;
}

namespace {

// Ids are long: a part of one is a likely thing to type.
std::string suggestion(const std::string& id, const std::vector<std::string>& ids) {
  const std::string near = did_you_mean(id, ids);
  if (!near.empty()) return near;
  for (const std::string& candidate : ids) {
    if (candidate.find(id) != std::string::npos) return ", did you mean '" + candidate + "'?";
  }
  return "";
}

}  // namespace

std::optional<std::vector<const CaseSpec*>> Session::select(const Corpus& corpus,
                                                            const std::vector<std::string>& ids) const {
  std::vector<const CaseSpec*> selected;
  if (ids.empty()) {
    for (const CaseSpec& spec : corpus.cases) selected.push_back(&spec);
    return selected;
  }
  bool all_known = true;
  for (const std::string& id : ids) {
    const CaseSpec* spec = corpus.find(id);
    if (spec != nullptr) {
      selected.push_back(spec);
      continue;
    }
    all_known = false;
    print_error({"", 0, "no case '" + id + "'" + suggestion(id, corpus.ids()), "`hybugs list` shows them all"});
  }
  if (!all_known) return std::nullopt;
  return selected;
}

void print_error(const Error& error) {
  std::fputs(fmt::format("error: {}\n", error.text()).c_str(), stderr);
}

std::string short_path(const std::string& path) {
  namespace fs = std::filesystem;
  const std::string relative = fs::path(path).lexically_proximate(fs::current_path()).string();
  return relative.size() < path.size() ? relative : path;
}

}  // namespace hybugs
