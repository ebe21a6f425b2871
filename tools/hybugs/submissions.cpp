#include "tools/hybugs/submissions.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "harness/io/files.h"
#include "harness/io/zip_file.h"
#include "harness/report/text.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "hybrid.cpp";
constexpr std::uintmax_t kLargestProgram = 1 << 20;
constexpr int kDeepest = 5;  // folders around folders
constexpr std::size_t kMostFolders = 20'000;

std::int64_t seconds_of(const fs::path& path) {
  // Of the epoch that everybody uses: that of std::filesystem lies in the future, and its times are negative.
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mtim.tv_sec : 0;
}

/// Takes the programs of one submission, whose names are paths within it.
class Collector {
 public:
  Collector(Submission& submission, const std::function<bool(const std::string&)>& is_case)
      : submission_(submission), is_case_(is_case) {}

  void take(const std::string& name, std::string text) {
    const std::string id = fs::path(name).parent_path().filename().string();
    if (!is_case_(id)) {
      unknown_.insert(id);
    } else if (!submission_.files.emplace(id, std::move(text)).second) {
      submission_.problem = fmt::format("has {} twice, the second time as {}", id, name);
    }
  }

  void finish() {
    if (!unknown_.empty()) submission_.note = fmt::format("no such case: {}", fmt::join(unknown_, ", "));
    if (submission_.files.empty() && submission_.problem.empty()) {
      submission_.problem = "has no file ID/hybrid.cpp";
    }
    if (!submission_.problem.empty()) submission_.files.clear();
  }

 private:
  Submission& submission_;
  const std::function<bool(const std::string&)>& is_case_;
  std::set<std::string> unknown_;
};

class FolderReader {
 public:
  FolderReader(Submission& submission, Collector& collector) : submission_(submission), collector_(collector) {}

  void read(const fs::path& folder, int depth) {
    if (++folders_ > kMostFolders) return fail("has more than {} folders", kMostFolders);
    for (const std::string& name : list_folder(folder.string()).value_or(std::vector<std::string>())) {
      if (!submission_.problem.empty()) return;
      std::error_code code;
      const fs::path path = folder / name;
      const fs::file_status status = fs::symlink_status(path, code);
      if (name == kProgram) read_program(path, status);
      if (fs::is_directory(status) && depth < kDeepest) read(path, depth + 1);
    }
  }

 private:
  template <typename... Values>
  void fail(const char* text, const Values&... values) {
    submission_.problem = fmt::format(fmt::runtime(text), values...);
  }

  void read_program(const fs::path& path, const fs::file_status& status) {
    const std::string name = path.lexically_relative(submission_.path).string();
    std::error_code code;
    if (fs::is_symlink(status)) return fail("'{}' is a link", name);
    if (!fs::is_regular_file(status)) return fail("'{}' is no file", name);
    if (fs::file_size(path, code) > kLargestProgram) return fail("'{}' has more than {} bytes", name, kLargestProgram);
    auto text = read_file(path.string());
    if (!text) return fail("'{}': {}", name, text.error().message);
    submission_.time = std::max(submission_.time, seconds_of(path));
    collector_.take(name, std::move(*text));
  }

  Submission& submission_;
  Collector& collector_;
  std::size_t folders_ = 0;
};

bool is_program(const std::string& name) {
  const fs::path path(name);
  return path.filename() == kProgram && path.has_parent_path();
}

void read_zip_submission(Submission& submission, Collector& collector) {
  submission.time = seconds_of(submission.path);
  // macOS packs a shadow of each file beside it.
  const auto wanted = [](const std::string& name) { return is_program(name) && name.rfind("__MACOSX/", 0) != 0; };
  auto files = read_zip(submission.path, wanted);
  if (!files) {
    submission.problem = files.error().message;
    return;
  }
  for (auto& [name, text] : *files) collector.take(name, std::move(text));
}

bool ends_with_zip(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return ending == ".zip";
}

/// It becomes the name of a folder, and a word in tables.
std::string name_of(const fs::path& place) {
  const std::string name = one_line((ends_with_zip(place) ? place.stem() : place.filename()).string());
  return name.empty() || name == "." || name == ".." ? "unnamed" : name;
}

}  // namespace

Submission read_submission(const std::string& path, const std::function<bool(const std::string& id)>& is_case) {
  const fs::path place = absolute_folder(path);
  Submission submission;
  submission.path = path;
  submission.student = name_of(place);
  Collector collector(submission, is_case);
  std::error_code code;
  if (fs::is_directory(place, code)) {
    FolderReader(submission, collector).read(path, 0);
  } else if (fs::is_regular_file(place, code)) {
    read_zip_submission(submission, collector);
  } else {
    submission.problem = fs::exists(place, code) ? "is neither a folder nor a zip file" : "is not there";
  }
  collector.finish();
  return submission;
}

void keep_newest(std::vector<Submission>& submissions) {
  std::map<std::string, Submission*> newest;
  for (Submission& submission : submissions) {
    if (!submission.problem.empty()) continue;
    Submission*& kept = newest[submission.student];
    Submission* older = kept;
    if (kept == nullptr || submission.time >= kept->time) kept = &submission;
    if (older == nullptr) continue;
    if (kept == older) older = &submission;
    older->problem = "handed in twice; the newer one counts: " + kept->path;
    older->files.clear();
  }
}

}  // namespace hybugs
