// What a candidate's library may import: a lint against shortcuts, not the wall (that is the sandbox).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/evaluation.h"
#include "harness/exec/candidate_sandbox.h"

namespace hybugs {

/// What a library asks of others and what it runs by itself when it is loaded.
struct LibraryFacts {
  std::set<std::string> imports;          // mangled, without versions
  std::vector<std::string> initialisers;  // functions that run before anything is called; `?` for unknown ones
  bool system_calls = false;              // has a system call instruction
  std::vector<std::string> odd_code;      // executable sections that no compiler makes
};

/// From the output of `readelf -W -S -r -s` and, after it, of `objdump -d` filtered to system call instructions.
LibraryFacts parse_library_facts(const std::string& readelf, bool system_calls);

/// Reads a library inside the sandbox: it is as untrusted as its program.
Result<LibraryFacts> read_library_facts(const CandidateSandbox& sandbox, const std::string& library, int slot);

/// A program needs operators, tensors, torch::jit, the C++ library without files and threads' scheduling, memory,
/// strings and mathematics. `known`: what the case's own programs import is allowed too.
bool may_import(const std::string& symbol, const std::set<std::string>& known);

/// The first thing that no program needs, in words; nullopt where there is none.
std::optional<EvaluationVerdict> lint_candidate(const LibraryFacts& facts, const std::set<std::string>& known);

}  // namespace hybugs
