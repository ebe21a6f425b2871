// Evaluations for people and for CI systems.
#pragma once

#include <string>

#include "harness/io/evaluation_results.h"
#include "harness/report/text_table.h"

namespace hybugs {

/// How a terminal shows a status.
const Style& style_of(EvaluationStatus status);

/// A line for each prediction that isn't resolved, then each model's rates.
std::string evaluation_table(const Evaluation& evaluation, int width, bool colour);

/// The same as a document: settings, rates by model, mechanism and category with their denominators, every prediction.
std::string evaluation_markdown(const Evaluation& evaluation);

/// One test suite a model, one test case a prediction: passed if resolved, `error` where the harness failed.
std::string evaluation_junit(const Evaluation& evaluation);

}  // namespace hybugs
