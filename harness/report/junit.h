// JUnit XML: what CI systems show.
#pragma once

#include <string>

#include "harness/core/case_result.h"

namespace hybugs {

/// One test suite `hybugs`, one test case a case: passed where the verdict is the expected one, `failure` where it
/// isn't, `error` where the harness failed, `skipped` for unsupported and inconclusive ones. The context becomes
/// properties.
std::string junit_xml(const Experiment& experiment);

}  // namespace hybugs
