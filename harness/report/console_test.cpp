#include "harness/report/console.h"

#include <gmock/gmock.h>

#include <sstream>

#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"
#include "harness/report/text.h"

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SummaryTable, IsAsApproved) {
  expect_approved("console.txt", summary_table(example_experiment(), 120, false));
  expect_approved("console_colour.txt", summary_table(example_experiment(), 120, true));
}

TEST(SummaryTable, LeavesColumnsOutOnNarrowTerminals) {
  expect_approved("console_100.txt", summary_table(example_experiment(), 100, false));
  expect_approved("console_80.txt", summary_table(example_experiment(), 80, false));
  expect_approved("console_40.txt", summary_table(example_experiment(), 40, false));
}

// Only the table: what is below it has commands that people copy.
TEST(SummaryTable, FitsIntoTheWidth) {
  for (int width = 80; width <= 200; width += 7) {
    const std::string text = summary_table(example_experiment(), width, false);
    std::istringstream lines(text.substr(0, text.find("\n\n")));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(SummaryTable, OfNothingIsACount) {
  EXPECT_EQ(summary_table({}, 120, false), "0 cases\n");
}

Experiment experiment_of(std::vector<Verdict> verdicts) {
  Experiment experiment;
  for (const Verdict verdict : verdicts) {
    experiment.results.emplace_back();
    experiment.results.back().id = "case-" + std::to_string(experiment.results.size());
    experiment.results.back().verdict = verdict;
    experiment.results.back().repeat = "hybugs run " + experiment.results.back().id;
  }
  return experiment;
}

TEST(SummaryTable, RepeatsOnlyWhatIsUnexpected) {
  const std::string text = summary_table(experiment_of({Verdict::reproduced, Verdict::flaky}), 120, false);
  EXPECT_THAT(text, HasSubstr("repeat: hybugs run case-2"));
  EXPECT_THAT(text, Not(HasSubstr("repeat: hybugs run case-1")));
}

TEST(SummaryTable, RepeatsHarnessErrorsWhateverTheirVerdict) {
  Experiment experiment = experiment_of({Verdict::reproduced});
  experiment.results[0].harness_error = true;
  EXPECT_THAT(summary_table(experiment, 120, false), HasSubstr("repeat: hybugs run case-1"));
}

TEST(SummaryCounts, CountsVerdicts) {
  EXPECT_EQ(summary_counts(experiment_of({Verdict::reproduced})), "1 case: 1 reproduced");
  Experiment experiment = experiment_of({Verdict::flaky, Verdict::reproduced, Verdict::not_reproduced,
                                         Verdict::not_reproduced, Verdict::reproduced, Verdict::reproduced});
  experiment.results[3].expected = Verdict::not_reproduced;
  experiment.results[5].harness_error = true;
  EXPECT_EQ(summary_counts(experiment),
            "6 cases: 2 reproduced, 1 not_reproduced, 1 not_reproduced as expected, 1 flaky, 1 harness_error");
}

TEST(SummaryCounts, MarksAReproductionThatWasNotExpected) {
  Experiment experiment = experiment_of({Verdict::reproduced, Verdict::reproduced});
  experiment.results[0].expected = Verdict::unsupported;
  EXPECT_EQ(summary_counts(experiment), "2 cases: 1 reproduced unexpectedly, 1 reproduced");
}

}  // namespace
}  // namespace hybugs
