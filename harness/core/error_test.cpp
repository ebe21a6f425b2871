#include "harness/core/error.h"

#include <gtest/gtest.h>

namespace hybugs {
namespace {

TEST(ErrorText, LeavesOutWhatIsMissing) {
  EXPECT_EQ((Error{"case.yaml", 7, "unknown key 'x'", "remove it"}.text()), "case.yaml:7: unknown key 'x', remove it");
  EXPECT_EQ((Error{"case.yaml", 0, "is empty", ""}.text()), "case.yaml: is empty");
  EXPECT_EQ((Error{"", 0, "no space left", "free some"}.text()), "no space left, free some");
  EXPECT_EQ((Error{"", 7, "no space left", ""}.text()), "no space left");
  EXPECT_EQ((Error{"case.yaml", 7, "", "write it"}.text()), "case.yaml:7: write it");
}

struct Slip {
  const char* word;
  const char* meant;
};

void PrintTo(const Slip& slip, std::ostream* stream) {
  *stream << '"' << slip.word << '"';
}

class NearestWord : public testing::TestWithParam<Slip> {};

TEST_P(NearestWord, IsTheOneThatWasMeant) {
  const std::vector<std::string> keys = {"title", "symptom",   "story", "task",
                                         "graph", "memory_mb", "none",  "Graph is less specialized on input shapes"};
  EXPECT_EQ(nearest_word(GetParam().word, keys), GetParam().meant);
}

INSTANTIATE_TEST_SUITE_P(Slips, NearestWord,
                         testing::Values(Slip{"symptons", "symptom"},  // replaced and inserted
                                         Slip{"tsak", "task"},         // two neighbours swapped
                                         Slip{"stry", "story"},        // deleted
                                         Slip{"TITLE", "title"},       // case doesn't count
                                         Slip{"memory", "memory_mb"},  // the unit forgotten
                                         Slip{"title", "title"},       // right already
                                         Slip{"graph is less specialised on input shape",
                                              "Graph is less specialized on input shapes"},
                                         Slip{"banana", ""},  // nothing like it
                                         Slip{"no", ""},      // two edits of two letters
                                         Slip{"x", ""}, Slip{"", ""}));

TEST(NearestWordOfMany, PrefersTheNearerAndThenTheFirst) {
  EXPECT_EQ(nearest_word("trace", {"traced", "trace"}), "trace");
  EXPECT_EQ(nearest_word("cat", {"bat", "hat"}), "bat");
  EXPECT_EQ(nearest_word("cat", {}), "");
}

TEST(DidYouMean, IsAppendedToAMessage) {
  EXPECT_EQ(did_you_mean("symptons", {"symptom"}), ", did you mean 'symptom'?");
  EXPECT_EQ(did_you_mean("banana", {"symptom"}), "");
}

}  // namespace
}  // namespace hybugs
