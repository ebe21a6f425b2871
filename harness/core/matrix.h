// One corpus, several versions of LibTorch.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_result.h"

namespace hybugs {

/// What one environment says.
struct MatrixColumn {
  std::string environment;  // `host`, `trixie` ...
  std::string failure;      // why nothing could be run in it; else empty
  Experiment experiment;
};

struct Matrix {
  std::vector<std::string> cases;  // ids, in the order of the corpus
  std::vector<MatrixColumn> columns;
};

/// The result of a case in a column, nullptr where there is none.
const CaseResult* cell(const MatrixColumn& column, const std::string& id);

}  // namespace hybugs
