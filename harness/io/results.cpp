#include "harness/io/results.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

namespace hybugs {
namespace {

using nlohmann::json;

std::string results_path(const std::string& folder) {
  return folder + "/results.jsonl";
}

std::string line_of(const CaseResult& result) {
  return to_json(result).dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// An interruption may have cut the last line: what follows begins on a line of its own, and a torn one goes away.
bool mend_last_line(int fd, const std::string& text) {
  if (text.empty() || text.back() == '\n') return true;
  const std::size_t start = text.rfind('\n') + 1;  // npos + 1 is 0
  if (json::accept(text.substr(start))) return write_all(fd, "\n", 1);
  return ::ftruncate(fd, static_cast<off_t>(start)) == 0;
}

/// New names in a folder are safe only once the folder itself is.
void sync_folder(const std::string& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.valid()) sync_to_disk(fd.get());
}

Result<Fd> open_results(const std::string& folder) {
  const std::string path = results_path(folder);
  Fd fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
  if (!fd.valid()) return Unexpected(errno_error(path, "cannot write"));
  struct stat status = {};
  if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return fd;
  const Result<std::string> text = read_file(path);
  if (!text) return Unexpected(text.error());
  if (!mend_last_line(fd.get(), *text)) return Unexpected(errno_error(path, "cannot write"));
  return fd;
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

Result<CaseResult> parse_line(const std::string& line) {
  const json parsed = json::parse(line, nullptr, false);
  if (parsed.is_discarded()) return Unexpected(Error{"", 0, "not JSON", "remove the line: its case will run again"});
  return case_result_from_json(parsed);
}

}  // namespace

Result<ResultsWriter> ResultsWriter::open(const std::string& folder, const Context& context) {
  if (const Result<void> made = make_folder(folder); !made) return Unexpected(made.error());
  const std::string text = to_json(context).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  if (const Result<void> written = write_file(folder + "/context.json", text); !written) {
    return Unexpected(written.error());
  }
  Result<Fd> fd = open_results(folder);
  if (!fd) return Unexpected(fd.error());
  sync_folder(folder);
  return ResultsWriter(folder, std::move(*fd));
}

Result<void> ResultsWriter::append(const CaseResult& result) {
  const std::string path = results_path(folder_);
  if (is_gone(fd_.get())) {
    return Unexpected(Error{path, 0, "the file is gone", "somebody removed it: start again with --resume"});
  }
  if (append_line(fd_.get(), line_of(result))) return {};
  return Unexpected(errno_error(path, "cannot write"));
}

Result<std::map<std::string, CaseResult>> read_results(const std::string& folder) {
  std::map<std::string, CaseResult> results;
  const std::string path = results_path(folder);
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return results;
  const Result<std::string> text = read_file(path);
  if (!text) return Unexpected(text.error());
  int number = 0;
  for (std::size_t start = 0; start < text->size();) {
    ++number;
    const std::size_t end = std::min(text->find('\n', start), text->size());
    const std::string line = text->substr(start, end - start);
    start = end + 1;
    const bool torn = end == text->size() && !json::accept(line);
    if (line.empty() || torn) continue;
    Result<CaseResult> result = parse_line(line);
    if (!result) return Unexpected(Error{path, number, result.error().message, result.error().hint});
    results[result->id] = std::move(*result);
  }
  return results;
}

}  // namespace hybugs
