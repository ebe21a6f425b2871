#include "harness/io/ledger.h"

#include <gmock/gmock.h>

#include <set>

#include "harness/core/vocabulary.h"
#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  Ledger ledger;
  std::vector<std::string> errors;
};

std::vector<std::string> texts(const Errors& errors) {
  std::vector<std::string> result;
  for (const Error& error : errors) result.push_back(error.text());
  return result;
}

Read read_text(const std::string& text) {
  const TestFolder folder;
  folder.write("ledger.yaml", text);
  Read read;
  Errors errors;
  read.ledger = read_ledger(folder.file("ledger.yaml"), "cases/ledger.yaml", errors);
  read.errors = texts(errors);
  return read;
}

const std::string kCommit = "commit: 0123456789abcdef0123456789abcdef01234567";

/// A ledger with the rows a to d; tests change one line of it.
const std::string kLedger =
    "study:\n"
    "  - {id: a, project: o/a, " +
    kCommit +
    ", study: {category: Test}, case: a}\n"
    "  - {id: b, project: o/b, " +
    kCommit +
    ", study: {}, same_as: a}\n"
    "  - {id: c, project: o/c, " +
    kCommit +
    ", study: {fix: None}, mechanism: crash, no_case: \"Nothing failed.\"}\n"
    "reports:\n"
    "  - {id: d, project: o/d, number: 7, url: https://github.com/o/d/issues/7, mechanism: rng-once, planned: true}\n";

Errors check(const std::string& text, const std::vector<std::string>& case_ids) {
  return check_ledger(read_text(text).ledger, "cases/ledger.yaml", case_ids);
}

TEST(ReadLedger, ReadsAllKindsOfRows) {
  const Read read = read_text(kLedger);
  EXPECT_THAT(read.errors, IsEmpty());
  ASSERT_EQ(read.ledger.study.size(), 3U);
  ASSERT_EQ(read.ledger.reports.size(), 1U);
  const LedgerRow& a = read.ledger.study[0];
  EXPECT_EQ(a.id, "a");
  EXPECT_EQ(a.project, "o/a");
  EXPECT_EQ("commit: " + a.commit, kCommit);
  EXPECT_EQ(a.url, "https://github.com/o/a/commit/0123456789abcdef0123456789abcdef01234567");
  EXPECT_EQ(a.study.category, "Test");
  EXPECT_EQ(a.mechanism, "");
  EXPECT_EQ(a.state, LedgerRow::State::has_case);
  EXPECT_EQ(a.target, "a");
  EXPECT_EQ(a.line, 2);
  const LedgerRow& b = read.ledger.study[1];
  EXPECT_EQ(b.state, LedgerRow::State::same_as);
  EXPECT_EQ(b.target, "a");
  EXPECT_EQ(b.line, 3);
  const LedgerRow& c = read.ledger.study[2];
  EXPECT_EQ(c.study.fix, "None");
  EXPECT_EQ(c.mechanism, "crash");
  EXPECT_EQ(c.state, LedgerRow::State::no_case);
  EXPECT_EQ(c.target, "Nothing failed.");
  const LedgerRow& d = read.ledger.reports[0];
  EXPECT_EQ(d.number, 7);
  EXPECT_EQ(d.url, "https://github.com/o/d/issues/7");
  EXPECT_EQ(d.mechanism, "rng-once");
  EXPECT_EQ(d.state, LedgerRow::State::planned);
  EXPECT_EQ(d.line, 6);
}

struct Mistake {
  const char* name;
  const char* from;
  const char* to;
  const char* error;  // of the only error, its beginning
};

void PrintTo(const Mistake& mistake, std::ostream* stream) {
  *stream << mistake.name;
}

class ReadLedgerMistake : public testing::TestWithParam<Mistake> {};

TEST_P(ReadLedgerMistake, IsTheOnlyErrorAndHasItsLine) {
  const Read read = read_text(replaced(kLedger, GetParam().from, GetParam().to));
  ASSERT_EQ(read.errors.size(), 1U) << testing::PrintToString(read.errors);
  EXPECT_THAT(read.errors[0], testing::StartsWith(std::string("cases/ledger.yaml") + GetParam().error));
}

const Mistake kMistakes[] = {
    {"UnknownKey", "same_as: a", "same_as: a, planed: true",
     ":3: unknown key 'planed' in study[1], did you mean 'planned'?"},
    {"UnknownList", "reports:", "report:", ":5: unknown key 'report', did you mean 'reports'?"},
    {"NoRow", "  - {id: d", "  - 1\n  - {id: d", ":6: reports[0] must be a mapping"},
    {"MissingId", "{id: a, ", "{", ":2: missing key 'study[0].id'"},
    {"BadId", "{id: a, ", "{id: a b, ", ":2: 'a b' can't be the name of a case"},
    {"MissingProject", "project: o/a, ", "", ":2: missing key 'study[0].project'"},
    {"ShortSha", "o/a, commit: 0123456789abcdef0123456789abcdef01234567", "o/a, commit: 0123",
     ":2: study[0].commit must be a full sha"},
    {"MissingStudy", "study: {category: Test}, ", "", ":2: missing key 'study[0].study'"},
    {"UnknownLabel", "category: Test", "category: Tests",
     ":2: unknown study[0].study.category 'Tests', did you mean 'Test'?"},
    {"UnknownMechanism", "rng-once", "rng-onse",
     ":6: unknown reports[0].mechanism 'rng-onse', did you mean 'rng-once'?"},
    {"MissingMechanism", "mechanism: rng-once, ", "", ":6: missing key 'reports[0].mechanism'"},
    {"MissingNumber", "number: 7, ", "", ":6: missing key 'reports[0].number'"},
    {"NoNumber", "number: 7", "number: 0", ":6: reports[0].number must be at least 1, not 0"},
    {"MissingUrl", "url: https://github.com/o/d/issues/7, ", "", ":6: missing key 'reports[0].url'"},
    {"NoState", ", same_as: a", "", ":3: row 'b' says nothing about its case, add one of case: ID"},
    {"TwoStates", "same_as: a", "same_as: a, planned: true", ":3: a second state, 'planned'"},
    {"NotPlanned", "planned: true", "planned: false", ":6: planned is true or left out"},
    {"NoReason", "\"Nothing failed.\"", "''", ":4: study[2].no_case is empty"},
    {"DuplicateKey", "same_as: a", "same_as: a, same_as: c", ":3: duplicate key 'study[1].same_as'"},
};

std::string name_of(const testing::TestParamInfo<Mistake>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Mistakes, ReadLedgerMistake, testing::ValuesIn(kMistakes), name_of);

TEST(ReadLedger, UnreadableFilesAreErrors) {
  Errors errors;
  EXPECT_THAT(read_ledger("/nowhere/ledger.yaml", "cases/ledger.yaml", errors).study, IsEmpty());
  EXPECT_THAT(texts(errors), ElementsAre(HasSubstr("cases/ledger.yaml: cannot read: No such file or directory")));
  EXPECT_THAT(read_text("study: [\n").errors, ElementsAre(HasSubstr("cases/ledger.yaml:2: malformed YAML")));
}

TEST(ReadLedger, KeepsTheErrorsThatAreThere) {
  Errors errors = {{"z", 9, "before", ""}};
  read_ledger("/nowhere/ledger.yaml", "l", errors);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].message, "before");
}

TEST(CheckLedger, AcceptsWhatBelongsTogether) {
  EXPECT_THAT(texts(check(kLedger, {"a"})), IsEmpty());
}

TEST(CheckLedger, EachCaseHasItsRow) {
  EXPECT_THAT(texts(check(kLedger, {"a", "e"})),
              ElementsAre("cases/ledger.yaml: case 'e' has no row, add one with case: e"));
  EXPECT_THAT(texts(check(kLedger, {"a", "d"})),
              ElementsAre("cases/ledger.yaml:6: 'd' doesn't say that the case exists, write case: d"));
}

TEST(CheckLedger, EachNamedCaseExists) {
  EXPECT_THAT(texts(check(kLedger, {})),
              ElementsAre(HasSubstr("cases/ledger.yaml:2: 'a' says case: a, but there is no such case")));
  EXPECT_THAT(texts(check(replaced(kLedger, "case: a}", "case: b}"), {"b"})),
              testing::Contains(HasSubstr("cases/ledger.yaml:2: 'a' says case: b, but the case has the row's id")));
}

TEST(CheckLedger, EachSameAsExistsAndDecides) {
  EXPECT_THAT(texts(check(replaced(kLedger, "same_as: a", "same_as: x"), {"a"})),
              ElementsAre("cases/ledger.yaml:3: 'b' says same_as: x, but there is no such row"));
  EXPECT_THAT(texts(check(replaced(kLedger, "planned: true", "same_as: b"), {"a"})),
              ElementsAre(HasSubstr(":6: 'd' says same_as: b, which is the same as yet another row")));
  EXPECT_THAT(texts(check(replaced(kLedger, "same_as: a", "same_as: b"), {"a"})),
              ElementsAre(HasSubstr(":3: 'b' says same_as: b, which is the same as yet another row")));
}

TEST(CheckLedger, SuggestsTheIdThatWasMeant) {
  const std::string text = replaced(kLedger, "{id: a,", "{id: project-123,");
  EXPECT_THAT(texts(check(replaced(text, "case: a}", "case: project-123}"), {"project-124"})),
              testing::Contains(HasSubstr("there is no such case, did you mean 'project-124'?")));
}

TEST(CheckLedger, IdsAreUniqueAcrossBothLists) {
  EXPECT_THAT(texts(check(replaced(kLedger, "{id: d,", "{id: a,"), {"a"})),
              ElementsAre("cases/ledger.yaml:6: 'a' has a row already, line 2"));
}

// --- the corpus's own ledger

Ledger own_ledger(Errors& errors) {
  const auto file = std::filesystem::path(__FILE__).parent_path() / "../../cases/ledger.yaml";
  return read_ledger(file, "cases/ledger.yaml", errors);
}

TEST(OwnLedger, IsRead) {
  Errors errors;
  const Ledger ledger = own_ledger(errors);
  EXPECT_THAT(texts(errors), IsEmpty());
  EXPECT_FALSE(ledger.study.empty());
  EXPECT_FALSE(ledger.reports.empty());
}

/// The ledger holds the study's data, so the vocabulary has exactly the labels that occur there.
TEST(OwnLedger, HasTheLabelsOfTheVocabulary) {
  Errors errors;
  std::set<std::string> categories, causes, symptoms, fixes;
  for (const LedgerRow& row : own_ledger(errors).study) {
    categories.insert(row.study.category);
    causes.insert(row.study.cause);
    symptoms.insert(row.study.symptom);
    fixes.insert(row.study.fix);
  }
  for (auto* labels : {&categories, &causes, &symptoms, &fixes}) labels->erase("");
  EXPECT_THAT(study_categories(), testing::ElementsAreArray(categories));
  EXPECT_THAT(study_causes(), testing::ElementsAreArray(causes));
  EXPECT_THAT(study_symptoms(), testing::ElementsAreArray(symptoms));
  EXPECT_THAT(study_fixes(), testing::ElementsAreArray(fixes));
}

}  // namespace
}  // namespace hybugs
