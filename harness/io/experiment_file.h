// Experiments that were kept, wherever they were run.
#pragma once

#include <string>

#include "harness/core/case_result.h"
#include "harness/core/error.h"

namespace hybugs {

struct KeptExperiment {
  Experiment experiment;  // results sorted by id
  std::string note;       // what a reader should know: the file was cut off, and where; else empty
};

/// Reads a results folder, its results.jsonl (with context.json beside it), or a report.json. An Error for another
/// schema, for a report that was cut off, and for a path with neither.
Result<KeptExperiment> read_experiment(const std::string& path);

}  // namespace hybugs
