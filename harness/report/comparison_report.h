// What changed between two experiments, for people and for CI systems.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "harness/core/experiment_comparison.h"

namespace hybugs {

/// The contexts' differences, a section for each kind of change, and the counts. Nothing is cut in a pipe.
std::string comparison_text(const ExperimentComparison& comparison, int width, bool colour);

/// The same as a document.
std::string comparison_markdown(const ExperimentComparison& comparison);

/// One test case for each case that changed: `failure` where the change is unexpected.
std::string comparison_junit(const ExperimentComparison& comparison);

nlohmann::json comparison_json(const ExperimentComparison& comparison);

/// `54 cases compared: 2 appeared (1 unexpected), 1 gone`.
std::string comparison_counts(const ExperimentComparison& comparison);

}  // namespace hybugs
