#include "tools/exercise/exercises.h"

#include <gmock/gmock.h>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ExerciseTask example() {
  ExerciseTask task;
  task.id = "some-case";
  task.difficulty = 2;
  task.prerequisites = {"what a trace records"};
  task.hints = {"vague", "concrete"};
  task.goal.graph = true;
  task.goal.first_pass = {{3, 1, 0, {}}};
  task.goal.second_pass = {{3, 1, 2, {true, false}}};
  task.goal.second_pass_agrees = true;
  task.goal.speed_up = 2.5;
  task.goal.growth = 100;
  return task;
}

TEST(Exercises, SurviveTheFile) {
  const TestFolder folder;
  ASSERT_TRUE(write_exercises(folder.path(), {example()}));
  const auto read = read_exercises(folder.path());
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->size(), 1U);
  const ExerciseTask& task = read->front();
  EXPECT_EQ(task.id, "some-case");
  EXPECT_EQ(task.difficulty, 2);
  EXPECT_THAT(task.prerequisites, ElementsAre("what a trace records"));
  EXPECT_THAT(task.hints, ElementsAre("vague", "concrete"));
  EXPECT_TRUE(task.goal.graph);
  EXPECT_EQ(task.goal.second_pass.at(0).recorded, 2);
  EXPECT_THAT(task.goal.second_pass.at(0).from_graph, ElementsAre(true, false));
  EXPECT_TRUE(task.goal.second_pass_agrees);
  EXPECT_EQ(task.goal.speed_up, 2.5);
  EXPECT_EQ(task.goal.growth, 100);
}

TEST(Exercises, AnotherFolderIsSaid) {
  const TestFolder folder;
  const auto read = read_exercises(folder.path());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().text(), HasSubstr("there are no exercises here, go to a folder that `hybugs exercise init"));
}

TEST(Exercises, DamagedFilesAreSaid) {
  const TestFolder folder;
  for (const char* text : {"", "[]", "{}", R"({"schema": 2, "tasks": []})", R"({"schema": 1})",
                           R"({"schema": 1, "tasks": [{"id": 1}]})"}) {
    folder.write("exercises.json", text);
    const auto read = read_exercises(folder.path());
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().file, folder.file("exercises.json"));
  }
}

TEST(Progress, SurvivesTheFileAndMayBeMissing) {
  const TestFolder folder;
  EXPECT_THAT(*read_progress(folder.path()), IsEmpty());
  ASSERT_TRUE(write_progress(folder.path(), {{"some-case", {"2026-01-02T03:04:05Z", 7, 1}}}));
  const auto read = read_progress(folder.path());
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->at("some-case").solved, "2026-01-02T03:04:05Z");
  EXPECT_EQ(read->at("some-case").attempts, 7);
  EXPECT_EQ(read->at("some-case").hints, 1);
}

TEST(Progress, ADamagedFileSaysHowToBeginAgain) {
  const TestFolder folder;
  folder.write("progress.json", R"({"schema": 1, "tasks": {"a": {"solved")");
  const auto read = read_progress(folder.path());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().hint, HasSubstr("remove it to begin again"));
}

}  // namespace
}  // namespace hybugs
