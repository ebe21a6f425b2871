#include "tools/hybugs/matrix_results.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/io/files.h"
#include "harness/report/matrix_report.h"
#include "tools/hybugs/experiment.h"
#include "tools/hybugs/output.h"

namespace hybugs {

Result<void> write_matrix(const Matrix& matrix, const std::string& folder) {
  auto written = make_folder(folder);
  const std::string json = matrix_json(matrix).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  if (written) written = write_file(folder + "/matrix.json", json);
  if (written) written = write_file(folder + "/matrix.md", matrix_markdown(matrix));
  if (written) written = write_file(folder + "/junit.xml", matrix_junit(matrix));
  return written;
}

std::vector<std::string> environments_of_matrix(const std::string& folder) {
  std::vector<std::string> names;
  const auto text = read_file(folder + "/matrix.json");
  const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
  if (!json.is_object() || !json.contains("environments")) return names;
  for (const auto& environment : json["environments"]) {
    if (environment.is_object()) names.push_back(environment.value("environment", ""));
  }
  return names;
}

int exit_code_of(const Matrix& matrix, bool strict) {
  int code = kAsExpected;
  for (const MatrixColumn& column : matrix.columns) {
    const int own = column.failure.empty() ? exit_code_of(column.experiment, strict) : kHarnessFailure;
    code = std::max(code, own);
  }
  return code;
}

}  // namespace hybugs
