// What a machine needs for HyBugs, looked at piece by piece.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/exec/sandbox.h"
#include "harness/exec/spawn.h"

namespace hybugs {

struct Check {
  enum class State { ok, warning, missing };  // missing: nothing can be run without it
  std::string name;
  State state = State::ok;
  std::string detail;   // what was found, or what is wrong
  std::string hint;     // what to do; empty where installing `package` is all
  std::string package;  // Debian's, where one is missing
};

/// A program that is looked for by asking for its version.
struct Tool {
  std::string name;
  std::string program;
  std::string package;
  Check::State without = Check::State::missing;
  std::string purpose;  // completes `not found:`
};

/// The programs, as this build was configured: CMake's compiler, make program and linker.
std::vector<Tool> tools_of(const std::string& compiler, const std::string& make_program,
                           const std::string& linker_flags);

/// `version`: the output of `program --version`, or why it didn't start.
Check tool_check(const Tool& tool, const Result<CommandOutput>& version);

/// `library`: the file that LibTorch loads; `threads`: how many it uses in a host, or `unknown`.
Check blas_check(const std::string& library, const std::string& threads);

Check sandbox_check(const Sandbox& sandbox);

bool any_missing(const std::vector<Check>& checks);

/// `sudo apt-get install --no-install-recommends mold git`, or an empty string.
std::string apt_line(const std::vector<Check>& checks, bool root);

const char* state_name(Check::State state);

}  // namespace hybugs
