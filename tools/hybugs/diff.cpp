#include "tools/hybugs/diff.h"

#include <sstream>

#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

// git diff exits with 1 when the files differ.
std::string git_diff(std::vector<std::string> options, const std::string& from, const std::string& to, bool& ok) {
  std::vector<std::string> arguments = {"git", "diff", "--no-index", "--no-ext-diff"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"--", from, to});
  const auto output = run_command({arguments, {{"GIT_CONFIG_GLOBAL", "/dev/null"}}, {}, "", true}, 20);
  ok = output && (output->status == 0 || output->status == 1);
  return ok ? output->output : "";
}

}  // namespace

std::string file_diff(const std::string& from, const std::string& to, bool colour) {
  bool ok = false;
  const std::string text = git_diff({colour ? "--color=always" : "--color=never"}, from, to, ok);
  const auto first_hunk = text.find("@@");
  if (first_hunk == std::string::npos) return "";
  const auto line_start = text.rfind('\n', first_hunk);
  return text.substr(line_start == std::string::npos ? 0 : line_start + 1);
}

int changed_lines(const std::string& from, const std::string& to) {
  bool ok = false;
  std::istringstream text(git_diff({"--numstat", "--ignore-all-space", "--ignore-blank-lines"}, from, to, ok));
  if (!ok) return -1;
  int added = 0;
  int removed = 0;
  text >> added >> removed;
  return added + removed;
}

}  // namespace hybugs
