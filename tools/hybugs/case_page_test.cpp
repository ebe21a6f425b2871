#include "tools/hybugs/case_page.h"

#include <gmock/gmock.h>

#include <sstream>

#include "harness/report/text.h"

namespace hybugs {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

CaseSpec spec_of(Symptom symptom, std::optional<int> call = std::nullopt) {
  CaseSpec spec;
  spec.symptom = symptom;
  spec.failure.call = call;
  return spec;
}

TEST(ExpectedFailureText, OfWrongResults) {
  CaseSpec spec = spec_of(Symptom::wrong_result, 3);
  EXPECT_EQ(expected_failure_text(spec), "Call 3 differs from eager, with all earlier ones right.");
  spec.failure.output = 1;
  EXPECT_EQ(expected_failure_text(spec), "Call 3 differs from eager in output 1, with all earlier ones right.");
}

TEST(ExpectedFailureText, OfExceptions) {
  CaseSpec spec = spec_of(Symptom::exception, 2);
  spec.failure.message = "must match";
  EXPECT_EQ(expected_failure_text(spec), "Call 2 throws an exception whose message matches \"must match\".");
  spec.failure.call = kConstruct;
  EXPECT_THAT(expected_failure_text(spec), HasSubstr("The constructor throws"));
  spec.failure.call.reset();
  EXPECT_THAT(expected_failure_text(spec), HasSubstr("A call throws"));
}

TEST(ExpectedFailureText, OfCrashes) {
  CaseSpec spec = spec_of(Symptom::crash);
  EXPECT_EQ(expected_failure_text(spec), "The process dies.");
  spec.failure = {4, std::nullopt, "", 8};
  EXPECT_EQ(expected_failure_text(spec), "The process dies with SIGFPE in call 4.");
}

TEST(ExpectedFailureText, OfEverythingMeasured) {
  CaseSpec hang = spec_of(Symptom::hang, 1);
  hang.timeout_s = 2.5;
  EXPECT_EQ(expected_failure_text(hang), "Call 1 doesn't come back within 2.5 s.");
  CaseSpec slow = spec_of(Symptom::slow);
  slow.min_ratio = 1.5;
  slow.timing = {3, TimingPhase::steady};
  EXPECT_EQ(expected_failure_text(slow),
            "Call 3 (steady: a call after warm-up) takes at least 1.5 times as long as with fixed.");
  CaseSpec memory = spec_of(Symptom::memory);
  memory.min_growth = 100000;
  EXPECT_EQ(expected_failure_text(memory), "Each call leaves at least 100000 bytes more on the heap than with fixed.");
  EXPECT_THAT(expected_failure_text(spec_of(Symptom::no_graph)), HasSubstr("no operator runs inside a graph"));
}

TEST(ExpectationsText, HasALineForEachRange) {
  CaseSpec spec;
  EXPECT_EQ(expectations_text(spec), "");
  spec.expect = {{"<2.0", Verdict::not_reproduced, "no CPU fusion"}, {">=2.14", Verdict::unsupported, "gone"}};
  EXPECT_EQ(expectations_text(spec),
            "LibTorch <2.0: not_reproduced, no CPU fusion\nLibTorch >=2.14: unsupported, gone");
}

CaseSpec example() {
  CaseSpec spec = spec_of(Symptom::exception, 2);
  spec.id = "tf-pwa-0db1b0b";
  spec.folder = "/corpus/tf-pwa-0db1b0b";
  spec.variants = {"buggy", "fixed"};
  spec.title = "Zero column sized by the traced batch breaks the fit on the next batch size";
  spec.source = {Source::Kind::commit,    "jiangyi15/tf-pwa", "0db1b0b096dd02ddaf79", 0,
                 "https://example.org/c", "2020-08-13"};
  spec.study.category = "API Misuse";
  spec.mechanism = "shape-baked";
  spec.task = "The task of the program, in a few words that need more than one line on a narrow terminal.";
  spec.story = "The story.";
  spec.lesson = "The lesson.";
  spec.faithfulness.note = "The note.";
  return spec;
}

TEST(CasePage, TellsAllThatIsKnown) {
  const std::string page = case_page(example(), {}, 100, false);
  EXPECT_THAT(page,
              AllOf(HasSubstr("tf-pwa-0db1b0b\nZero column"), HasSubstr("shape-baked: a size of the example"),
                    HasSubstr("jiangyi15/tf-pwa, commit 0db1b0b096dd, 2020-08-13"), HasSubstr("https://example.org/c"),
                    HasSubstr("category API Misuse"), HasSubstr("The story."), HasSubstr("The lesson.")));
  EXPECT_THAT(page, AllOf(HasSubstr("Faithfulness: high\n  The note."), HasSubstr("Call 2 throws"),
                          HasSubstr("/corpus/tf-pwa-0db1b0b/buggy.cpp"), HasSubstr("not built")));
}

TEST(CasePage, LeavesOutWhatIsNotThere) {
  CaseSpec spec = example();
  spec.study = {};
  spec.domain = "";
  EXPECT_THAT(case_page(spec, {}, 100, false),
              AllOf(Not(HasSubstr("study")), Not(HasSubstr("domain")), Not(HasSubstr("Other verdicts"))));
}

TEST(CasePage, SaysWhoseLabelsTheyAre) {
  CaseSpec spec = example();
  spec.study.assigned = true;
  EXPECT_THAT(case_page(spec, {}, 100, false), HasSubstr("category API Misuse (assigned here, not by the study)"));
}

TEST(CasePage, FitsIntoTheWidth) {
  const std::string page = case_page(example(), {}, 60, false);
  std::istringstream lines(page.substr(0, page.find("Variants")));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 60) << line;
}

}  // namespace
}  // namespace hybugs
