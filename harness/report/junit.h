// JUnit XML: what CI systems show.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_result.h"

namespace hybugs {

/// One test suite `hybugs`, one test case a case: passed where the verdict is the expected one, `failure` where it
/// isn't, `error` where the harness failed, `skipped` for unsupported and inconclusive ones. The context becomes
/// properties.
std::string junit_xml(const Experiment& experiment);

/// Several experiments, a suite each. `failure`: why nothing could be run, one more test case with an `error`.
struct NamedExperiment {
  std::string name;
  const Experiment* experiment = nullptr;
  std::string failure;
};
std::string junit_xml(const std::vector<NamedExperiment>& suites);

}  // namespace hybugs
