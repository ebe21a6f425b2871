// What is wrong with a program, in sentences for students.
#pragma once

#include <cstdint>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/compare.h"

namespace hybugs {

/// `In call 2 (the third one; calls are counted from 0) output 0 should be 25.6 at [3, 1], but your program returned
/// 12.2: an error of 8.8e+04 times the tolerance. The calls before it are right.`
std::string explain(const Disagreement& found, const CaseSpec& settings);

/// The same, with the seed where an earlier one agreed.
std::string explain(const Disagreement& found, const CaseSpec& settings, std::uint64_t seed);

}  // namespace hybugs
