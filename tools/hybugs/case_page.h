// One case on a page: its metadata in words.
#pragma once

#include <string>

#include "harness/core/case_spec.h"
#include "harness/exec/builder.h"

namespace hybugs {

/// `Call 2 throws an exception whose message matches "must match".`: what the buggy program is expected to do.
std::string expected_failure_text(const CaseSpec& spec);

/// Where LibTorch versions differ: `LibTorch <2.0: not_reproduced, no CPU fusion`, a line each.
std::string expectations_text(const CaseSpec& spec);

/// Metadata, task, story, lesson, faithfulness, expected failure and the variants' files, wrapped to `width` columns.
std::string case_page(const CaseSpec& spec, const Paths& paths, int width, bool colour);

/// The file of a variant.
std::string variant_path(const CaseSpec& spec, const std::string& variant);

}  // namespace hybugs
