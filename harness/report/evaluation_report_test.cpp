#include "harness/report/evaluation_report.h"

#include <gmock/gmock.h>
#include <tinyxml2.h>

#include <nlohmann/json.hpp>

#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::Not;

EvaluationResult result_of(const char* id, const char* model, EvaluationStatus status, const char* evidence,
                           const char* mechanism = "shape-baked") {
  EvaluationResult result;
  result.id = id;
  result.model = model;
  result.verdict = {status, evidence, std::nullopt};
  result.mechanism = mechanism;
  result.category = "API Misuse";
  result.seconds = 2.5;
  result.key = "0123";
  return result;
}

Evaluation example() {
  Evaluation evaluation;
  evaluation.context = example_experiment().context;
  evaluation.settings.seed = 42;
  evaluation.settings.seeds = {0, 1, 4711};
  evaluation.settings.sandbox = "namespaces";
  evaluation.settings.gate = "passed";
  evaluation.results = {
      result_of("tf-pwa-0db1b0b", "model|a", EvaluationStatus::resolved, "agrees with eager on 15 seeds"),
      result_of("pt-51154", "model|a", EvaluationStatus::crashed, "seed 0: call 3: crashed by SIGFPE, eager returned",
                "crash"),
      result_of("pt-86537", "model|a", EvaluationStatus::harness_error, "the host did not start", "retrace-per-call"),
      result_of("tf-pwa-0db1b0b", "other", EvaluationStatus::graph_dropped, "call 2: 16 operators run outside graphs"),
  };
  evaluation.input_errors = {"answers.jsonl:3: is no JSON object, one object a line"};
  return evaluation;
}

TEST(EvaluationTable, IsAsApproved) {
  expect_approved("evaluation.txt", evaluation_table(example(), 120, false));
}

TEST(EvaluationMarkdown, IsAsApproved) {
  expect_approved("evaluation.md", evaluation_markdown(example()));
}

TEST(EvaluationJson, IsAsApprovedAndReadAgain) {
  const nlohmann::json report = to_json(example());
  expect_approved("evaluation.json", report.dump(2) + "\n");
  const auto read = evaluation_from_json(report);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(to_json(*read)["results"], report["results"]);
  EXPECT_EQ(to_json(*read)["settings"], report["settings"]);
  nlohmann::json other = report;
  other["schema"] = 99;
  EXPECT_THAT(evaluation_from_json(other).error().text(), HasSubstr("no report of an evaluation"));
}

TEST(EvaluationJunit, IsASuiteForEachModel) {
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(evaluation_junit(example()).c_str()), tinyxml2::XML_SUCCESS);
  const auto* suite = document.RootElement()->FirstChildElement("testsuite");
  EXPECT_STREQ(suite->Attribute("name"), "model|a");
  EXPECT_STREQ(suite->Attribute("tests"), "3");
  EXPECT_STREQ(suite->Attribute("failures"), "1");
  EXPECT_STREQ(suite->Attribute("errors"), "1");
  EXPECT_STREQ(suite->NextSiblingElement("testsuite")->Attribute("name"), "other");
}

TEST(Evaluation, IsVoidWhenItsGateFailed) {
  Evaluation evaluation = example();
  EXPECT_THAT(evaluation_table(evaluation, 120, false), Not(HasSubstr("VOID")));
  evaluation.settings.gate = "failed: gold of x is crashed";
  EXPECT_THAT(evaluation_table(evaluation, 120, false), HasSubstr("VOID: the gate failed: gold of x is crashed"));
  EXPECT_THAT(evaluation_markdown(evaluation), HasSubstr("VOID"));
  EXPECT_EQ(to_json(evaluation)["void"], true);
}

TEST(Rates, AreGivenWithAndWithoutErrorsOfTheHarness) {
  const auto rates = rates_of(example().results);
  ASSERT_EQ(rates.size(), 2U);
  EXPECT_DOUBLE_EQ(rates[0].all.of_all(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(rates[0].all.of_judged(), 0.5);
  EXPECT_EQ(rates[0].by_mechanism.size(), 3U);
  EXPECT_EQ(rates[0].by_category.size(), 1U);
  EXPECT_DOUBLE_EQ(Rate{}.of_judged(), 0);
}

}  // namespace
}  // namespace hybugs
