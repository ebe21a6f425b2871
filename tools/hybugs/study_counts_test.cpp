#include "tools/hybugs/study_counts.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::ElementsAre;

LedgerRow row_of(const std::string& category, LedgerRow::State state) {
  LedgerRow row;
  row.study.category = category;
  row.state = state;
  return row;
}

using State = LedgerRow::State;

std::vector<LedgerRow> example_rows() {
  return {row_of("Test", State::planned),
          row_of("", State::no_case),
          row_of("", State::no_case),
          row_of("Performance", State::same_as),
          row_of("Performance", State::planned),
          row_of("Other", State::has_case),
          row_of("", State::has_case)};
}

std::vector<std::size_t> numbers(const LedgerCounts& counts) {
  return {counts.bugs, counts.cases, counts.planned, counts.same, counts.no_case};
}

TEST(CountRows, CountsEachState) {
  EXPECT_THAT(numbers(count_rows(example_rows())), ElementsAre(7, 2, 2, 1, 2));
}

TEST(CountBy, SortsByNumberThenLabelWithTheUnlabelledLast) {
  const std::vector<LabelCounts> counts = count_by(example_rows(), study_dimensions()[0]);
  std::vector<std::string> labels;
  for (const LabelCounts& entry : counts) labels.push_back(entry.label);
  EXPECT_THAT(labels, ElementsAre("Performance", "Other", "Test", ""));
  EXPECT_THAT(numbers(counts[0].counts), ElementsAre(2, 0, 1, 1, 0));
  EXPECT_THAT(numbers(counts[3].counts), ElementsAre(3, 1, 0, 0, 2));
}

TEST(Dimensions, ReadTheirOwnLabel) {
  LedgerRow row;
  row.study = {"a category", "a cause", "a symptom", "a fix", false};
  row.mechanism = "a mechanism";
  std::vector<std::string> seen;
  for (const Dimension& dimension : study_dimensions()) seen.push_back(dimension.name + ": " + dimension.label(row));
  for (const Dimension& dimension : report_dimensions()) seen.push_back(dimension.name + ": " + dimension.label(row));
  EXPECT_THAT(seen, ElementsAre("category: a category", "cause: a cause", "symptom: a symptom", "fix: a fix",
                                "mechanism: a mechanism"));
}

}  // namespace
}  // namespace hybugs
