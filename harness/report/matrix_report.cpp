#include "harness/report/matrix_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/core/vocabulary.h"
#include "harness/io/results.h"
#include "harness/report/console.h"
#include "harness/report/junit.h"
#include "harness/report/markdown.h"
#include "harness/report/text_table.h"

namespace hybugs {
namespace {

std::string column_title(const MatrixColumn& column) {
  const std::string& version = column.experiment.context.libtorch;
  return version.empty() ? column.environment : fmt::format("{} ({})", column.environment, version);
}

std::string verdict_of(const CaseResult& result) {
  return result.harness_error ? "harness_error" : to_string(result.verdict);
}

Cell table_cell(const CaseResult* result) {
  if (result == nullptr) return {"-", kDim};
  const bool plain = result->as_expected() && result->verdict == Verdict::reproduced;
  if (result->as_expected()) return {verdict_of(*result), plain ? kGreen : kCyan};
  return {fmt::format("✗ {}", verdict_of(*result)), kRed};
}

std::string problems(const Matrix& matrix, bool colour) {
  std::string text;
  for (const MatrixColumn& column : matrix.columns) {
    std::string found = problems_text(column.experiment, colour);
    if (!column.failure.empty()) found = painted("✗ " + column.failure, kRed, colour) + "\n" + found;
    if (!found.empty()) text += fmt::format("\n{}\n{}", painted(column_title(column), kBold, colour), found);
  }
  return text;
}

std::string counts(const Matrix& matrix) {
  std::string text;
  for (const MatrixColumn& column : matrix.columns) {
    const std::string what = column.failure.empty() ? summary_counts(column.experiment) : column.failure;
    text += fmt::format("{}: {}\n", column_title(column), what);
  }
  return text;
}

std::string markdown_verdict(const CaseResult* result) {
  if (result == nullptr) return "-";
  const std::string verdict = markdown_cell(verdict_of(*result));
  return result->as_expected() ? verdict : fmt::format("**{}**, expected {}", verdict, to_string(result->expected));
}

std::string markdown_evidence(const Matrix& matrix) {
  std::string text;
  for (const MatrixColumn& column : matrix.columns) {
    for (const CaseResult& result : column.experiment.results) {
      if (result.as_expected() && result.verdict == Verdict::reproduced) continue;
      text += fmt::format("- {} in {}: {}, {}\n", markdown_cell(result.id), markdown_cell(column_title(column)),
                          markdown_cell(verdict_of(result)), markdown_cell(fit(result.evidence, 300)));
      if (!result.because.empty()) text += fmt::format("  Expected: {}\n", markdown_cell(result.because));
    }
    if (!column.failure.empty()) text += fmt::format("- {}: {}\n", column_title(column), markdown_cell(column.failure));
  }
  return text;
}

}  // namespace

std::string matrix_table(const Matrix& matrix, int width, bool colour) {
  std::vector<Column> columns = {{"case"}};
  for (const MatrixColumn& column : matrix.columns) columns.push_back({column_title(column)});
  TextTable table(columns);
  for (const std::string& id : matrix.cases) {
    std::vector<Cell> row = {id};
    for (const MatrixColumn& column : matrix.columns) row.push_back(table_cell(cell(column, id)));
    table.add(std::move(row));
  }
  return table.text(width, colour) + problems(matrix, colour) + "\n" + counts(matrix);
}

std::string matrix_markdown(const Matrix& matrix) {
  std::string text = "| case |";
  std::string line = "|---|";
  for (const MatrixColumn& column : matrix.columns) {
    text += fmt::format(" {} |", markdown_cell(column_title(column)));
    line += "---|";
  }
  text += "\n" + line + "\n";
  for (const std::string& id : matrix.cases) {
    text += fmt::format("| {} |", markdown_cell(id));
    for (const MatrixColumn& column : matrix.columns) text += fmt::format(" {} |", markdown_verdict(cell(column, id)));
    text += "\n";
  }
  const std::string evidence = markdown_evidence(matrix);
  if (!evidence.empty()) text += "\n" + evidence;
  for (const MatrixColumn& column : matrix.columns) {
    if (!column.failure.empty()) continue;
    text += fmt::format("\n{}: {}.\n", markdown_cell(column_title(column)), summary_counts(column.experiment));
  }
  return text;
}

std::string matrix_junit(const Matrix& matrix) {
  std::vector<NamedExperiment> suites;
  for (const MatrixColumn& column : matrix.columns) {
    suites.push_back({"hybugs " + column_title(column), &column.experiment, column.failure});
  }
  return junit_xml(suites);
}

nlohmann::json matrix_json(const Matrix& matrix) {
  nlohmann::json environments = nlohmann::json::array();
  for (const MatrixColumn& column : matrix.columns) {
    nlohmann::json environment = to_json(column.experiment);
    environment["environment"] = column.environment;
    environment["failure"] = column.failure;
    environments.push_back(std::move(environment));
  }
  return {{"schema", kResultSchema}, {"cases", matrix.cases}, {"environments", std::move(environments)}};
}

}  // namespace hybugs
