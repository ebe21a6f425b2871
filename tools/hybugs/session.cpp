#include "tools/hybugs/session.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace hybugs {

std::string Session::program() const {
  const bool own_corpus = paths.cases == std::filesystem::path(paths.source) / "cases";
  return program_name + (own_corpus ? "" : " --cases " + short_path(paths.cases));
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
