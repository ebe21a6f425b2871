#include "harness/report/comparison_report.h"

#include <gmock/gmock.h>
#include <tinyxml2.h>

#include <nlohmann/json.hpp>

#include "harness/report/approval.h"

namespace hybugs {
namespace {

using Kind = CaseChange::Kind;
using testing::HasSubstr;

ExperimentComparison example() {
  ExperimentComparison comparison;
  comparison.compared = 54;
  comparison.context = {"LibTorch: 1.13.1 -> 2.6.0", "machine: CPU A -> CPU B"};
  comparison.not_comparable = {"machine: CPU A -> CPU B"};
  comparison.changes = {
      {"pt-51154", Kind::appeared, true, "not_reproduced: all calls agree", "reproduced: call 3: crashed by SIGFPE"},
      {"pt-26948", Kind::disappeared, false, "reproduced: call 3: crashed by SIGFPE", "not_reproduced: all agree"},
      {"tf-pwa-0db1b0b", Kind::evidence, false, "seed 0: call 2: threw a | b", "seed 0: call 2: threw c"},
      {"a-private-case", Kind::added, true, "", "flaky: seeds differ"},
      {"an-old-case", Kind::gone, false, "reproduced: call 0", ""}};
  return comparison;
}

TEST(ComparisonText, IsAsApproved) {
  expect_approved("comparison.txt", comparison_text(example(), 100, false));
}

TEST(ComparisonText, SaysThatNothingChanged) {
  ExperimentComparison comparison;
  comparison.compared = 1;
  EXPECT_EQ(comparison_text(comparison, 100, false), "1 case compared: nothing changed\n");
}

TEST(ComparisonMarkdown, IsAsApproved) {
  expect_approved("comparison.md", comparison_markdown(example()));
}

TEST(ComparisonJunit, FailsForEachUnexpectedChange) {
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(comparison_junit(example()).c_str()), tinyxml2::XML_SUCCESS);
  const auto* suite = document.RootElement()->FirstChildElement("testsuite");
  EXPECT_STREQ(suite->Attribute("tests"), "5");
  EXPECT_STREQ(suite->Attribute("failures"), "2");
  const auto* failure = suite->FirstChildElement("testcase")->FirstChildElement("failure");
  EXPECT_THAT(failure->Attribute("message"), HasSubstr("crashed by SIGFPE"));
}

TEST(ComparisonJson, HasEachChange) {
  const nlohmann::json json = comparison_json(example());
  EXPECT_EQ(json["changes"].size(), 5U);
  EXPECT_EQ(json["changes"][0]["change"], "appeared");
  EXPECT_EQ(json["changes"][0]["unexpected"], true);
  EXPECT_EQ(json["compared"], 54);
}

}  // namespace
}  // namespace hybugs
