#include "harness/core/vocabulary.h"

#include <gmock/gmock.h>
#include <re2/re2.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace hybugs {
namespace {

using testing::ElementsAre;

// The spelling is what users write in case.yaml and read in reports: it never changes by accident.
TEST(Words, AreSpeltAsTheDesignSpellsThem) {
  EXPECT_THAT(names<Symptom>(),
              ElementsAre("wrong_result", "exception", "crash", "hang", "slow", "memory", "no_graph"));
  EXPECT_THAT(names<GraphKind>(), ElementsAre("trace", "script", "freeze", "export", "fork", "mixed", "none"));
  EXPECT_THAT(names<Verdict>(), ElementsAre("reproduced", "not_reproduced", "wrong_failure", "fix_fails", "flaky",
                                            "inconclusive", "unsupported", "invalid"));
  EXPECT_THAT(names<TimingPhase>(), ElementsAre("steady", "first_call", "new_shape"));
  EXPECT_THAT(names<FaithfulnessLevel>(), ElementsAre("high", "medium", "low"));
  EXPECT_THAT(names<Source::Kind>(), ElementsAre("commit", "report"));
  EXPECT_THAT(names<Outcome>(),
              ElementsAre("completed", "threw", "crashed", "timed_out", "out_of_memory", "harness_error"));
  EXPECT_THAT(names<Teardown>(), ElementsAre("clean", "timed_out", "crashed"));
}

template <typename Enum>
class WordsOf : public testing::Test {};
using Enumerations =
    testing::Types<Symptom, GraphKind, Verdict, TimingPhase, FaithfulnessLevel, Source::Kind, Outcome, Teardown>;
TYPED_TEST_SUITE(WordsOf, Enumerations);

TYPED_TEST(WordsOf, StandInTheOrderOfTheEnumeration) {
  int expected = 0;
  for (const Word& word : words<TypeParam>()) EXPECT_EQ(word.value, expected++) << word.name;
}

TYPED_TEST(WordsOf, TranslateBothWays) {
  for (const Word& word : words<TypeParam>()) {
    const auto value = static_cast<TypeParam>(word.value);
    EXPECT_EQ(to_string(value), word.name);
    EXPECT_EQ(from_string<TypeParam>(word.name), value);
  }
  EXPECT_EQ(from_string<TypeParam>("nonsense"), std::nullopt);
  EXPECT_EQ(from_string<TypeParam>(""), std::nullopt);
  EXPECT_EQ(to_string(static_cast<TypeParam>(200)), "?");
}

TYPED_TEST(WordsOf, HaveMeanings) {
  for (const Word& word : words<TypeParam>()) EXPECT_FALSE(word.meaning.empty()) << word.name;
}

TEST(Words, ExportIsSpeltWithoutTheUnderscoreOfTheEnumerator) {
  EXPECT_EQ(to_string(GraphKind::export_), "export");
  EXPECT_EQ(from_string<GraphKind>("export_"), std::nullopt);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

TEST(Mechanisms, HaveUniqueIdsAndMeanings) {
  std::set<std::string_view> ids;
  for (const Mechanism& mechanism : mechanisms()) {
    EXPECT_TRUE(ids.insert(mechanism.id).second) << mechanism.id;
    EXPECT_TRUE(RE2::FullMatch(std::string(mechanism.id), "[a-z]+(-[a-z]+)*")) << mechanism.id;
    EXPECT_FALSE(mechanism.meaning.empty()) << mechanism.id;
  }
  EXPECT_EQ(ids.size(), 27U);
}

TEST(Mechanisms, EachStandsInTheCorpusReadme) {
  const auto file = std::filesystem::path(__FILE__).parent_path() / "../../cases/README.md";
  const std::string readme = text_of(file);
  ASSERT_FALSE(readme.empty()) << file;
  for (const Mechanism& mechanism : mechanisms()) {
    const RE2 entry("(^|[^a-z-])" + std::string(mechanism.id) + "([^a-z-]|$)");
    EXPECT_TRUE(RE2::PartialMatch(readme, entry)) << mechanism.id;
  }
}

TEST(StudyLabels, AreSortedAndUnique) {
  for (const auto* labels : {&study_categories(), &study_causes(), &study_symptoms(), &study_fixes()}) {
    const std::set<std::string> sorted(labels->begin(), labels->end());
    EXPECT_THAT(*labels, testing::ElementsAreArray(sorted));
  }
}

TEST(StudyLabels, KeepTheStudysSpelling) {
  EXPECT_THAT(study_categories(), testing::Contains("API Misuse"));
  EXPECT_THAT(study_causes(), testing::Contains("Incorrect tf.function parameter"));
  EXPECT_THAT(study_symptoms(), testing::Contains("None"));
  EXPECT_THAT(study_fixes(), testing::Contains("Re-add tf.function decorator"));
}

TEST(Signals, TranslateBothWays) {
  EXPECT_EQ(signal_number("SIGFPE"), SIGFPE);
  EXPECT_EQ(signal_number("SIGSEGV"), SIGSEGV);
  EXPECT_EQ(signal_name(SIGABRT), "SIGABRT");
  for (const int number : {SIGFPE, SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGKILL, SIGTRAP}) {
    EXPECT_EQ(signal_number(signal_name(number)), number);
  }
}

TEST(Signals, UnknownOnesAreZeroAndEmpty) {
  for (const char* name : {"", "SIG", "FPE", "sigfpe", "SIGNONSENSE", "8"}) EXPECT_EQ(signal_number(name), 0) << name;
  for (const int number : {-1, 0, 1000}) EXPECT_EQ(signal_name(number), "") << number;
}

}  // namespace
}  // namespace hybugs
