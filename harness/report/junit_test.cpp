#include "harness/report/junit.h"

#include <gmock/gmock.h>
#include <tinyxml2.h>

#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"
#include "harness/report/junit_parts.h"

namespace hybugs {
namespace {

TEST(Junit, IsAsApproved) {
  expect_approved("junit.xml", junit_xml(example_experiment()));
}

struct Expected {
  Verdict verdict;
  Verdict expected;
  bool harness_error;
  const char* element;  // nullptr: passed
};

class JunitOutcome : public testing::TestWithParam<Expected> {};

TEST_P(JunitOutcome, FollowsVerdictAndExpectation) {
  Experiment experiment;
  experiment.results.emplace_back();
  experiment.results[0].verdict = GetParam().verdict;
  experiment.results[0].expected = GetParam().expected;
  experiment.results[0].harness_error = GetParam().harness_error;
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(junit_xml(experiment).c_str()), tinyxml2::XML_SUCCESS);
  const tinyxml2::XMLElement* suite = document.RootElement()->FirstChildElement("testsuite");
  const tinyxml2::XMLElement* outcome = suite->FirstChildElement("testcase")->FirstChildElement();
  if (GetParam().element == nullptr) {
    EXPECT_EQ(outcome, nullptr);
  } else {
    ASSERT_NE(outcome, nullptr);
    EXPECT_STREQ(outcome->Name(), GetParam().element);
  }
  const std::string element = GetParam().element == nullptr ? "" : GetParam().element;
  EXPECT_EQ(suite->IntAttribute("tests"), 1);
  EXPECT_EQ(suite->IntAttribute("failures"), element == "failure");
  EXPECT_EQ(suite->IntAttribute("errors"), element == "error");
  EXPECT_EQ(suite->IntAttribute("skipped"), element == "skipped");
}

INSTANTIATE_TEST_SUITE_P(Outcomes, JunitOutcome,
                         testing::Values(Expected{Verdict::reproduced, Verdict::reproduced, false, nullptr},
                                         Expected{Verdict::not_reproduced, Verdict::reproduced, false, "failure"},
                                         Expected{Verdict::reproduced, Verdict::not_reproduced, false, "failure"},
                                         Expected{Verdict::not_reproduced, Verdict::not_reproduced, false, nullptr},
                                         Expected{Verdict::invalid, Verdict::reproduced, false, "failure"},
                                         Expected{Verdict::unsupported, Verdict::reproduced, false, "skipped"},
                                         Expected{Verdict::unsupported, Verdict::unsupported, false, "skipped"},
                                         Expected{Verdict::inconclusive, Verdict::reproduced, false, "skipped"},
                                         Expected{Verdict::reproduced, Verdict::reproduced, true, "error"},
                                         Expected{Verdict::unsupported, Verdict::reproduced, true, "error"}));

TEST(XmlCharacters, ReplacesWhatXmlCannotHold) {
  EXPECT_EQ(xml_characters("a\tb\nc\rd <&> 図 \U0001F41B"), "a\tb\nc\rd <&> 図 \U0001F41B");
  EXPECT_EQ(xml_characters(std::string_view("\0\x01\x1b\x0b", 4)), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(xml_characters("\uFFFE\uFFFF\uFFFD"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(xml_characters("\xFF"), "\uFFFD");
}

TEST(Junit, KeepsMarkupAsText) {
  Experiment experiment;
  experiment.results.emplace_back();
  experiment.results[0].verdict = Verdict::flaky;
  experiment.results[0].evidence = "<a href=\"x\">&amp;</a> ]]>";
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(junit_xml(experiment).c_str()), tinyxml2::XML_SUCCESS);
  const tinyxml2::XMLElement* testcase =
      document.RootElement()->FirstChildElement("testsuite")->FirstChildElement("testcase");
  EXPECT_STREQ(testcase->FirstChildElement("failure")->Attribute("message"), "<a href=\"x\">&amp;</a> ]]>");
}

}  // namespace
}  // namespace hybugs
