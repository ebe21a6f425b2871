#include "tools/hybugs/case_template.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "harness/io/case_lint.h"
#include "harness/io/case_yaml.h"
#include "harness/io/files.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(FillTemplate, ReplacesKnownWordsOnce) {
  const std::map<std::string, std::string> words = {{"ID", "my-case"}, {"TITLE", "@ID@"}};
  EXPECT_EQ(fill_template("a @ID@ b @ID@: @TITLE@", words), "a my-case b my-case: @ID@");
  EXPECT_EQ(fill_template("me@home @OTHER@ @ID@\n", words), "me@home @OTHER@ my-case\n");
  EXPECT_EQ(fill_template("", words), "");
}

/// A case made from the templates in a temporary folder, and read back.
class WriteCase : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / (std::string("hybugs-") + test->name()) / "my-case";
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_.parent_path()); }

  Errors make(const NewCase& fresh) {
    const auto written = write_case(HYBUGS_SOURCE_DIR "/tools/hybugs/templates", folder_.string(), fresh);
    EXPECT_TRUE(written) << written.error().text();
    return read_case(folder_.string(), "cases/my-case", spec_);
  }

  std::string text_of(const std::string& name) const { return read_file((folder_ / name).string()).value_or(""); }

  fs::path folder_;
  CaseSpec spec_;
};

TEST_F(WriteCase, MakesAValidCaseOfNothing) {
  EXPECT_THAT(make({"my-case", "", {}, {}, "", ""}), IsEmpty());
  EXPECT_EQ(spec_.symptom, Symptom::exception);
  EXPECT_THAT(spec_.variants, testing::ElementsAre("buggy", "fixed"));
  for (const char* name : {"case.yaml", "program.h", "buggy.cpp", "fixed.cpp"}) {
    EXPECT_THAT(text_of(name), AllOf(HasSubstr("TODO"), Not(HasSubstr("@")))) << name;
  }
}

TEST_F(WriteCase, IsRefusedByCheckUntilItIsFilledIn) {
  make({"my-case", "A title that was given", {}, {}, "", ""});
  const Errors errors = lint_case(spec_, "cases/my-case");
  for (const char* file : {"case.yaml", "program.h", "buggy.cpp", "fixed.cpp"}) {
    EXPECT_THAT(errors, Contains(Field(&Error::file, std::string("cases/my-case/") + file)));
  }
}

TEST_F(WriteCase, TakesOverWhatIsKnown) {
  NewCase fresh;
  fresh.id = "my-case";
  fresh.title = "Quotes \"like these\": colons, # and \\ must survive";
  fresh.source.project = "me/my-model";
  fresh.source.commit = std::string(40, 'a');
  fresh.source.date = "2020-08";
  fresh.study = {"API Misuse", "API confusion", "None", "None", false};
  fresh.domain = "physics: particles";
  fresh.mechanism = "rng-once";
  EXPECT_THAT(make(fresh), IsEmpty());
  EXPECT_EQ(spec_.title, fresh.title);
  EXPECT_EQ(spec_.source.kind, Source::Kind::commit);
  EXPECT_EQ(spec_.source.url, "https://github.com/me/my-model/commit/" + fresh.source.commit);
  EXPECT_EQ(spec_.source.date, "2020-08");
  EXPECT_EQ(spec_.study.category, "API Misuse");
  EXPECT_EQ(spec_.study.symptom, "None");
  EXPECT_EQ(spec_.domain, "physics: particles");
  EXPECT_EQ(spec_.mechanism, "rng-once");
  EXPECT_THAT(text_of("case.yaml"), Not(HasSubstr("TODO: complete it")));
}

TEST_F(WriteCase, KnowsReports) {
  NewCase fresh;
  fresh.id = "my-case";
  fresh.source.kind = Source::Kind::report;
  fresh.source.project = "pytorch/pytorch";
  fresh.source.number = 123;
  EXPECT_THAT(make(fresh), IsEmpty());
  EXPECT_EQ(spec_.source.number, 123);
  EXPECT_EQ(spec_.source.url, "https://github.com/pytorch/pytorch/issues/123");
}

TEST_F(WriteCase, LeavesWrongWordsToTheReader) {
  NewCase fresh;
  fresh.id = "my-case";
  fresh.source.commit = "0db1b0b";
  EXPECT_THAT(make(fresh), Contains(Field(&Error::message, HasSubstr("0db1b0b"))));
}

LedgerRow row_of_report() {
  LedgerRow row;
  row.id = "pt-1";
  row.project = "pytorch/pytorch";
  row.number = 1;
  row.url = "https://github.com/pytorch/pytorch/pull/1";
  row.mechanism = "rng-once";
  return row;
}

TEST(CompleteFrom, FillsInWhatTheLedgerKnows) {
  NewCase fresh;
  complete_from(row_of_report(), fresh);
  EXPECT_EQ(fresh.source.kind, Source::Kind::report);
  EXPECT_EQ(fresh.source.project, "pytorch/pytorch");
  EXPECT_EQ(fresh.source.number, 1);
  EXPECT_EQ(fresh.source.url, "https://github.com/pytorch/pytorch/pull/1");
  EXPECT_EQ(fresh.mechanism, "rng-once");
}

TEST(CompleteFrom, OverrulesNothingThatWasGiven) {
  NewCase fresh;
  fresh.source.commit = std::string(40, 'a');
  fresh.source.project = "me/mine";
  fresh.mechanism = "crash";
  complete_from(row_of_report(), fresh);
  EXPECT_EQ(fresh.source.kind, Source::Kind::commit);
  EXPECT_EQ(fresh.source.project, "me/mine");
  EXPECT_EQ(fresh.source.number, 0);
  EXPECT_EQ(fresh.source.url, "");
  EXPECT_EQ(fresh.mechanism, "crash");
}

}  // namespace
}  // namespace hybugs
