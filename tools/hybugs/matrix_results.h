// The results folder of a matrix: a folder for each environment, as `hybugs run` writes it, and reports on all.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/matrix.h"

namespace hybugs {

/// Writes matrix.json, matrix.md and junit.xml.
Result<void> write_matrix(const Matrix& matrix, const std::string& folder);

/// The environments of the matrix in `folder`, in its order; none if it isn't one's results folder.
std::vector<std::string> environments_of_matrix(const std::string& folder);

/// The worst of its environments; `strict`: warnings count as well.
int exit_code_of(const Matrix& matrix, bool strict);

}  // namespace hybugs
