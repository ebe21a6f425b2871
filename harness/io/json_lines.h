// Files of one JSON object a line that only grow: what was appended is on the disk, whatever happens next.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "harness/core/error.h"
#include "harness/os/fd.h"

namespace hybugs {

class JsonLines {
 public:
  /// Opens or creates the file. A last line that an interruption cut off is removed.
  static Result<JsonLines> open(const std::string& path);

  /// One write and one fsync. An Error when the disk is full or the file is gone; the file then ends with a whole line.
  Result<void> append(const nlohmann::json& object);

 private:
  JsonLines(std::string path, Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  Fd fd_;
};

/// Calls `take` for each line, until it returns an Error, which gets file and line. A last line that was cut off is
/// skipped. A file that isn't there has no lines.
Result<void> read_json_lines(const std::string& path, const std::function<Result<void>(const nlohmann::json&)>& take);

}  // namespace hybugs
