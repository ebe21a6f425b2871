#include "harness/report/matrix_report.h"

#include <gmock/gmock.h>
#include <tinyxml2.h>

#include <nlohmann/json.hpp>

#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"

namespace hybugs {
namespace {

using testing::HasSubstr;

Matrix example() {
  Matrix matrix;
  MatrixColumn host{"host", "", example_experiment()};
  for (const CaseResult& result : host.experiment.results) matrix.cases.push_back(result.id);
  MatrixColumn trixie{"trixie", "", example_experiment()};
  trixie.experiment.context.libtorch = "2.6.0";
  trixie.experiment.results.resize(5);
  for (CaseResult& result : trixie.experiment.results) result.expected = result.verdict;
  trixie.experiment.results[1].because = "mended in 2.0: the pass | checks the divisor";
  MatrixColumn forky{"forky", "the environment can't be entered: no user namespaces", {}};
  matrix.columns = {host, trixie, forky};
  return matrix;
}

TEST(MatrixTable, IsAsApproved) {
  expect_approved("matrix.txt", matrix_table(example(), 120, false));
}

TEST(MatrixMarkdown, IsAsApproved) {
  expect_approved("matrix.md", matrix_markdown(example()));
}

TEST(MatrixJunit, HasASuiteForEachEnvironment) {
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(matrix_junit(example()).c_str()), tinyxml2::XML_SUCCESS);
  const auto* suite = document.RootElement()->FirstChildElement("testsuite");
  EXPECT_STREQ(suite->Attribute("name"), "hybugs host (1.13.1)");
  suite = suite->NextSiblingElement("testsuite");
  EXPECT_STREQ(suite->Attribute("name"), "hybugs trixie (2.6.0)");
  EXPECT_STREQ(suite->Attribute("tests"), "5");
  suite = suite->NextSiblingElement("testsuite");
  EXPECT_STREQ(suite->Attribute("errors"), "1");
  const auto* error = suite->FirstChildElement("testcase")->FirstChildElement("error");
  EXPECT_THAT(error->Attribute("message"), HasSubstr("no user namespaces"));
}

TEST(MatrixJson, HoldsEachExperimentWhole) {
  const nlohmann::json json = matrix_json(example());
  EXPECT_EQ(json["environments"][1]["environment"], "trixie");
  EXPECT_EQ(json["environments"][1]["results"].size(), 5U);
  EXPECT_EQ(json["environments"][0]["context"]["libtorch"], "1.13.1");
  EXPECT_EQ(json["environments"][2]["failure"], "the environment can't be entered: no user namespaces");
}

}  // namespace
}  // namespace hybugs
