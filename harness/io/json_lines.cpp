#include "harness/io/json_lines.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/io/files.h"

namespace hybugs {
namespace {

using nlohmann::json;

/// An interruption may have cut the last line: what follows begins on a line of its own, and a torn one goes away.
bool mend_last_line(int fd, const std::string& text) {
  if (text.empty() || text.back() == '\n') return true;
  const std::size_t start = text.rfind('\n') + 1;  // npos + 1 is 0
  if (json::accept(text.substr(start))) return write_all(fd, "\n", 1);
  return ::ftruncate(fd, static_cast<off_t>(start)) == 0;
}

bool is_gone(int fd) {
  struct stat status = {};
  return ::fstat(fd, &status) == 0 && status.st_nlink == 0;
}

/// All of the line or nothing: the next line must not begin in the middle of half a one. Keeps errno.
bool append_line(int fd, const std::string& line) {
  const off_t start = ::lseek(fd, 0, SEEK_END);
  if (write_all(fd, line.data(), line.size()) && sync_to_disk(fd)) return true;
  const int code = errno;
  const bool undone = start >= 0 && ::ftruncate(fd, start) == 0;
  static_cast<void>(undone);  // a device can't be cut; there is nothing else to do
  errno = code;
  return false;
}

}  // namespace

Result<JsonLines> JsonLines::open(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
  if (!fd.valid()) return Unexpected(errno_error(path, "cannot write"));
  struct stat status = {};
  if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return JsonLines(path, std::move(fd));
  const Result<std::string> text = read_file(path);
  if (!text) return Unexpected(text.error());
  if (!mend_last_line(fd.get(), *text)) return Unexpected(errno_error(path, "cannot write"));
  return JsonLines(path, std::move(fd));
}

Result<void> JsonLines::append(const json& object) {
  if (is_gone(fd_.get())) {
    return Unexpected(Error{path_, 0, "the file is gone", "somebody removed it: start again with --resume"});
  }
  if (append_line(fd_.get(), object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n")) return {};
  return Unexpected(errno_error(path_, "cannot write"));
}

Result<void> read_json_lines(const std::string& path, const std::function<Result<void>(const json&)>& take) {
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return {};
  const Result<std::string> text = read_file(path);
  if (!text) return Unexpected(text.error());
  int number = 0;
  for (std::size_t start = 0; start < text->size();) {
    ++number;
    const std::size_t end = std::min(text->find('\n', start), text->size());
    const std::string line = text->substr(start, end - start);
    start = end + 1;
    const json parsed = json::parse(line, nullptr, false);
    const bool torn = end == text->size() && parsed.is_discarded();
    if (line.empty() || torn) continue;
    if (parsed.is_discarded()) {
      return Unexpected(Error{path, number, "not JSON", "remove the line: its case will run again"});
    }
    if (const Result<void> taken = take(parsed); !taken) {
      return Unexpected(Error{path, number, taken.error().message, taken.error().hint});
    }
  }
  return {};
}

}  // namespace hybugs
