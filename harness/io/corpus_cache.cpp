#include "harness/io/corpus_cache.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "harness/io/binary_fields.h"
#include "harness/io/files.h"
#include "harness/io/spec_fields.h"

namespace hybugs {
namespace {

using Nanoseconds = std::int64_t;

/// Times of files advance with the kernel's tick; some file systems' in steps of one or two seconds.
constexpr Nanoseconds kCoarsestTick = 2'000'000'000;

Nanoseconds nanoseconds(const timespec& time) {
  return time.tv_sec * Nanoseconds{1'000'000'000} + time.tv_nsec;
}

Nanoseconds now() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Size and times. The change time tells a file that was replaced together with its modification time.
std::string stamp_file(const std::string& path, Nanoseconds& modified) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return "";
  modified = std::max(modified, nanoseconds(status.st_mtim));
  return fmt::format("{} {} {}", status.st_size, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim));
}

/// The rules of case.yaml change with the program: one doesn't trust what another found valid.
std::string stamp_program() {
  Nanoseconds modified = 0;
  return stamp_file("/proc/self/exe", modified);
}

}  // namespace

template <>
struct Fields<CachedCase> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& cached) {
    archive("stamp", cached.stamp);
    archive("spec", cached.spec);
  }
};

std::string stamp_folder(const std::string& folder) {
  Nanoseconds modified = 0;
  const std::string names = stamp_file(folder, modified);
  const std::string text = stamp_file(folder + "/case.yaml", modified);
  return modified > now() - kCoarsestTick ? "" : fmt::format("{} / {}", names, text);
}

std::vector<CachedCase> read_cache(const std::string& file, const std::string& corpus_folder) {
  const Result<std::string> bytes = read_file(file);
  if (!bytes) return {};
  BinaryReader reader(*bytes);
  std::string program;
  std::string folder;
  reader.read(program);
  reader.read(folder);
  if (program != stamp_program() || folder != corpus_folder) return {};
  std::vector<CachedCase> cases;
  reader.read(cases);
  return reader.complete() ? std::move(cases) : std::vector<CachedCase>();
}

void write_cache(const std::string& file, const std::string& corpus_folder, const std::vector<CachedCase>& cases) {
  std::string bytes;
  BinaryWriter writer(bytes);
  writer.write(stamp_program());
  writer.write(corpus_folder);
  writer.write(cases);
  const std::filesystem::path parent = std::filesystem::path(file).parent_path();
  if (parent.empty() || make_folder(parent)) static_cast<void>(write_file(file, bytes));
}

}  // namespace hybugs
