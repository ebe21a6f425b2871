#include "harness/core/matrix.h"

#include <algorithm>

namespace hybugs {

const CaseResult* cell(const MatrixColumn& column, const std::string& id) {
  const auto& results = column.experiment.results;
  const auto found =
      std::find_if(results.begin(), results.end(), [&](const CaseResult& result) { return result.id == id; });
  return found == results.end() ? nullptr : &*found;
}

}  // namespace hybugs
