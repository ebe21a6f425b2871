#include "tools/hybugs/grades.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace hybugs {
namespace {

StudentGrade example(const std::string& student) {
  StudentGrade grade;
  grade.submission.student = student;
  grade.submission.path = "in/" + student;
  grade.tasks = {{"one", "resolved", "agrees with eager", true},
                 {"two", "unresolved", "call 2: \"x\"", false},
                 {"three", "missing", "", false}};
  return grade;
}

TEST(Grades, AreARowForEachStudent) {
  EXPECT_EQ(grades_csv({example("alice")}, {"one", "two", "three"}),
            "student,points,of,one,two,three,remark,submission\r\n"
            "alice,1,3,resolved,unresolved,missing,,in/alice\r\n");
}

TEST(Grades, QuoteWhatCsvNeeds) {
  StudentGrade grade = example("Doe, \"Jo\"");
  grade.submission.problem = "can't be read";
  grade.submission.note = "line\nbreak";
  EXPECT_THAT(
      grades_csv({grade}, {"one", "two", "three"}),
      testing::HasSubstr("\"Doe, \"\"Jo\"\"\",1,3,resolved,unresolved,missing,\"can't be read; line\nbreak\","));
}

TEST(Grades, AreNoFormulas) {
  for (const char* name : {"=1+1", "+1", "-1", "@x"}) {
    EXPECT_THAT(grades_csv({example(name)}, {"one", "two", "three"}),
                testing::HasSubstr("\r\n'" + std::string(name) + ","));
  }
}

TEST(Grades, ForGradescopeHaveATestForEachTask) {
  StudentGrade grade = example("alice");
  grade.submission.note = "no such case: four";
  const auto results = gradescope_json(grade);
  EXPECT_EQ(results["score"], 1);
  EXPECT_EQ(results["output"], "no such case: four");
  ASSERT_EQ(results["tests"].size(), 3U);
  EXPECT_EQ(results["tests"][0]["status"], "passed");
  EXPECT_EQ(results["tests"][0]["score"], 1);
  EXPECT_EQ(results["tests"][0]["max_score"], 1);
  EXPECT_EQ(results["tests"][1]["output"], "unresolved: call 2: \"x\"");
  EXPECT_EQ(results["tests"][2]["status"], "failed");
}

}  // namespace
}  // namespace hybugs
