#include "harness/io/corpus.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "harness/io/case_yaml.h"
#include "harness/io/corpus_cache.h"
#include "harness/io/files.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIdPattern = "[A-Za-z0-9][A-Za-z0-9._-]*";

/// Relative to the current folder where that is shorter to read and still names the same file.
std::string display_path(const fs::path& folder) {
  std::error_code code;
  const fs::path relative = folder.lexically_relative(fs::current_path(code));
  const bool inside = !relative.empty() && relative.begin()->string() != "..";
  return inside ? relative.string() : folder.string();
}

/// The folders that are or should be cases, sorted. Hidden ones aren't.
std::vector<std::string> list_ids(const fs::path& folder, const std::string& display, Errors& errors) {
  Result<std::vector<std::string>> names = list_folder(folder);
  if (!names) {
    errors.push_back({display, 0, names.error().message, names.error().hint});
    return {};
  }
  const auto is_no_case = [&](const std::string& name) {
    std::error_code code;
    return name.front() == '.' || !fs::is_directory(folder / name, code);
  };
  names->erase(std::remove_if(names->begin(), names->end(), is_no_case), names->end());
  return *names;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// Such ids are one folder on macOS and Windows.
void check_ids_differ(const std::vector<std::string>& ids, const std::string& display, Errors& errors) {
  std::map<std::string, std::string> seen;
  for (const std::string& id : ids) {
    const auto [first, added] = seen.emplace(lower(id), id);
    if (added) continue;
    errors.push_back({display + "/" + id, 0, fmt::format("the id differs from '{}' only in case", first->second),
                      "rename one of them"});
  }
}

/// Loads a corpus, case by case, from the cache where a case is unchanged.
class Loader {
 public:
  Loader(const std::string& folder, std::string cache_file)
      : display_(display_path(folder)), cache_file_(std::move(cache_file)) {
    corpus_.folder = folder;
    if (!cache_file_.empty()) cached_ = read_cache(cache_file_, corpus_.folder);
  }

  Corpus load() {
    const std::vector<std::string> ids = list_ids(corpus_.folder, display_, corpus_.errors);
    check_ids_differ(ids, display_, corpus_.errors);
    for (const std::string& id : ids) load_case(id);
    const bool changed = parsed_ || valid_.size() != cached_.size();
    if (changed && !cache_file_.empty()) write_cache(cache_file_, corpus_.folder, valid_);
    for (CachedCase& valid : valid_) corpus_.cases.push_back(std::move(valid.spec));
    return std::move(corpus_);
  }

 private:
  void load_case(const std::string& id) {
    const std::string folder = corpus_.folder + "/" + id;
    const std::string stamp = cache_file_.empty() ? "" : stamp_folder(folder);
    if (CachedCase* cached = find_cached(id, stamp)) {
      valid_.push_back(std::move(*cached));
      ++next_;
    } else {
      parse_case(id, folder, stamp);
    }
  }

  /// Both the ids asked for and the cached ones ascend.
  CachedCase* find_cached(const std::string& id, const std::string& stamp) {
    while (next_ < cached_.size() && cached_[next_].spec.id < id) ++next_;
    if (stamp.empty() || next_ == cached_.size()) return nullptr;
    CachedCase& candidate = cached_[next_];
    return candidate.spec.id == id && candidate.stamp == stamp ? &candidate : nullptr;
  }

  void parse_case(const std::string& id, const std::string& folder, const std::string& stamp) {
    const std::string display = display_ + "/" + id;
    CaseSpec spec;
    Errors errors = read_case(folder, display, spec);
    if (!is_case_id(id)) {
      errors.push_back(
          {display, 0, fmt::format("'{}' can't be the id of a case", id), fmt::format("an id matches {}", kIdPattern)});
    }
    corpus_.errors.insert(corpus_.errors.end(), errors.begin(), errors.end());
    if (!errors.empty()) return;
    valid_.push_back({stamp, std::move(spec)});
    parsed_ = true;
  }

  Corpus corpus_;
  std::string display_;
  std::string cache_file_;
  std::vector<CachedCase> cached_;  // of the file; what was found is moved away
  std::size_t next_ = 0;            // first one of them that may still be found
  std::vector<CachedCase> valid_;
  bool parsed_ = false;  // a valid case that wasn't in the cache
};

}  // namespace

const CaseSpec* Corpus::find(const std::string& id) const {
  const auto found = std::lower_bound(cases.begin(), cases.end(), id,
                                      [](const CaseSpec& spec, const std::string& wanted) { return spec.id < wanted; });
  return found != cases.end() && found->id == id ? &*found : nullptr;
}

std::vector<std::string> Corpus::ids() const {
  std::vector<std::string> result;
  for (const CaseSpec& spec : cases) result.push_back(spec.id);
  return result;
}

Corpus load_corpus(const std::string& folder, const std::string& cache_file) {
  return Loader(absolute_folder(folder), cache_file).load();
}

bool is_case_id(const std::string& id) {
  static const RE2 pattern(kIdPattern);
  return RE2::FullMatch(id, pattern);
}

}  // namespace hybugs
