#include "harness/io/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>

#include "harness/os/fd.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

const char* what_to_do(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "free some space and start again with --resume: what was finished is kept";
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
    case EEXIST:
      return "choose another place, or make this one writable";
    case ENOENT:
      return "check the path";
    default:
      return "";
  }
}

Error system_error(const std::string& path, const std::string& action, int code) {
  return {path, 0, fmt::format("{}: {}", action, std::generic_category().message(code)), what_to_do(code)};
}

/// A name beside `path` that no other process or thread uses.
std::string temporary_name(const std::string& path) {
  std::random_device random;
  return fmt::format("{}.{:08x}{:08x}.tmp", path, random(), random());
}

bool write_and_sync(const std::string& path, const std::string& text, int flags) {
  const Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666));
  return file.valid() && write_all(file.get(), text.data(), text.size()) && sync_to_disk(file.get());
}

/// /dev/zero never ends.
bool is_device(int fd) {
  struct stat status = {};
  return ::fstat(fd, &status) == 0 && S_ISCHR(status.st_mode);
}

/// A terminal, a pipe, /dev/null: written to, never replaced.
bool is_special(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

Error errno_error(const std::string& path, const std::string& action) {
  return system_error(path, action, errno);
}

bool sync_to_disk(int fd) {
  return ::fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

Result<void> write_file(const std::string& path, const std::string& text) {
  if (is_special(path)) {
    if (write_and_sync(path, text, 0)) return {};
    return Unexpected(errno_error(path, "cannot write"));
  }
  const std::string temporary = temporary_name(path);
  if (write_and_sync(temporary, text, O_CREAT | O_EXCL) && ::rename(temporary.c_str(), path.c_str()) == 0) return {};
  const Error error = errno_error(path, "cannot write");
  ::unlink(temporary.c_str());
  return Unexpected(error);
}

Result<std::string> read_file(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return Unexpected(errno_error(path, "cannot read"));
  if (is_device(file.get())) return Unexpected(Error{path, 0, "cannot read: this is a device", "name a file"});
  std::string text;
  for (char buffer[1 << 16];;) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unexpected(errno_error(path, "cannot read"));
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<void> make_folder(const std::string& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (!code && fs::is_directory(folder, code)) return {};
  return Unexpected(system_error(folder, "cannot create the folder", code ? code.value() : ENOTDIR));
}

Result<std::vector<std::string>> list_folder(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    names.push_back(entry->path().filename());
  }
  if (code) return Unexpected(system_error(folder, "cannot read the folder", code.value()));
  std::sort(names.begin(), names.end());
  return names;
}

std::string absolute_folder(const std::string& folder) {
  std::error_code code;
  const fs::path absolute = fs::absolute(folder, code).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

}  // namespace hybugs
