// The matrix of cases and LibTorch versions, for people and for CI systems.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "harness/core/matrix.h"

namespace hybugs {

/// Cases down, environments across, a verdict in each cell, marked where it isn't what the case expects; then what is
/// unexpected with its evidence and the command that repeats it, and the counts of each environment.
std::string matrix_table(const Matrix& matrix, int width, bool colour);

/// The same as a document; cells that aren't `reproduced` carry their evidence in a list below.
std::string matrix_markdown(const Matrix& matrix);

/// One test suite an environment, as `hybugs run` has for its own.
std::string matrix_junit(const Matrix& matrix);

nlohmann::json matrix_json(const Matrix& matrix);

}  // namespace hybugs
