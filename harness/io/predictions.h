// Predictions: the repairs that tools propose, as SWE-bench's harness takes them.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/evaluation.h"

namespace hybugs {

struct Predictions {
  std::vector<Prediction> all;
  Errors errors;  // lines that are no prediction, with their numbers; the others are there all the same
};

/// Reads one JSON object a line: `instance_id`, `model_name_or_path`, and `model_patch` (a unified diff) or
/// `model_file` (the whole program). Bytes that are no UTF-8 are kept as they are: a patch may hold any. The first
/// prediction of a model for a case counts, later ones are errors.
Predictions read_predictions(const std::string& path);

}  // namespace hybugs
