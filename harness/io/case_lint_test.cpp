#include "harness/io/case_lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace hybugs {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word ";
  return text;
}

class LintTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("hybugs-lint-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    spec_.folder = folder_.string();
    spec_.variants = {"buggy", "fixed"};
    spec_.title = words(5);
    spec_.task = words(20);
    spec_.story = words(60);
    spec_.lesson = words(20);
    spec_.hints = {"vague", "concrete"};
    spec_.difficulty = 2;
    spec_.prerequisites = {"tracing"};
    spec_.faithfulness.note = words(10);
    write("program.h", "#pragma once\n#include <vector>\n#include \"harness/sdk/trace.h\"\n");
    write("buggy.cpp", "#include \"program.h\"\n");
    write("fixed.cpp", "#include \"program.h\"\n#include <sys/wait.h>\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  Errors lint() const { return lint_case(spec_, "cases/x"); }

  std::filesystem::path folder_;
  CaseSpec spec_;
};

TEST_F(LintTest, AGoodCaseHasNoErrors) {
  EXPECT_THAT(lint(), IsEmpty());
}

TEST_F(LintTest, OnlyTheSdkLibTorchAndTheStandardLibraryMayBeIncluded) {
  write("buggy.cpp", "#include \"program.h\"\n# include \"../other-case/program.h\"\n");
  EXPECT_THAT(lint(), Contains(Field(&Error::line, 2)));
  write("buggy.cpp", "#include \"harness/core/judge.h\"\n");
  EXPECT_THAT(lint(), Contains(Field(&Error::file, "cases/x/buggy.cpp")));
}

TEST_F(LintTest, TemplatesMustBeFilledIn) {
  write("case.yaml", "title: x\nstory: 'TODO: what happened'\n");
  write("fixed.cpp", "// TODO: repair\n");
  EXPECT_THAT(lint(), Contains(AllOf(Field(&Error::file, "cases/x/case.yaml"), Field(&Error::line, 2))));
  EXPECT_THAT(lint(), Contains(Field(&Error::file, "cases/x/fixed.cpp")));
}

TEST_F(LintTest, TextsAreNotTooShortAndFilesNotTooLong) {
  spec_.lesson = "Beware.";
  std::string lines;
  for (int i = 0; i <= kMostProgramLines; ++i) lines += "\n";
  write("program.h", lines + std::string(121, '/') + "\n");
  EXPECT_THAT(lint(), Contains(Field(&Error::message, HasSubstr("'lesson' has 1 words"))));
  EXPECT_THAT(lint(), Contains(Field(&Error::message, HasSubstr("lines, at most"))));
  EXPECT_THAT(lint(), Contains(Field(&Error::message, HasSubstr("121 characters"))));
}

TEST_F(LintTest, StudentsGetHintsAndSeeWhatAwaitsThem) {
  spec_.hints.pop_back();
  spec_.difficulty = 0;
  spec_.prerequisites.clear();
  EXPECT_THAT(lint(), Contains(Field(&Error::message, "1 hints, a student gets 2 or 3")));
  EXPECT_THAT(lint(), Contains(Field(&Error::message, "no 'difficulty'")));
  EXPECT_THAT(lint(), Contains(Field(&Error::message, "no 'prerequisites'")));
}

}  // namespace
}  // namespace hybugs
