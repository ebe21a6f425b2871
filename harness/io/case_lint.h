// Rules of a case that can be checked without running it.
#pragma once

#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

inline constexpr int kMostChangedLines = 40;   // between buggy and fixed
inline constexpr int kMostProgramLines = 170;  // program.h
inline constexpr int kMostVariantLines = 80;   // each variant
inline constexpr std::size_t kLongestLine = 120;
inline constexpr std::size_t kFewestHints = 2;
inline constexpr std::size_t kMostHints = 3;

/// Texts that are still to be filled in, includes that a case may not have, files and lines that are too long.
Errors lint_case(const CaseSpec& spec, const std::string& display_folder);

}  // namespace hybugs
