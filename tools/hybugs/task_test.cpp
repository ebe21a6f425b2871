#include "tools/hybugs/task.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;
using testing::Not;

constexpr const char* kTemplates = HYBUGS_SOURCE_DIR "/tools/hybugs/templates";

class TaskTest : public testing::Test {
 protected:
  TaskTest() {
    folder_.write("case/buggy.cpp", "// the bug\n");
    folder_.write("case/program.h", "// the program\n");
    folder_.write("case/fixed.cpp", "// the repair\n");
    spec_.id = "secret-id";
    spec_.folder = folder_.file("case");
    spec_.title = spec_.story = spec_.lesson = "secret text";
    spec_.mechanism = "secret-mechanism";
    spec_.source = {Source::Kind::commit, "secret/project", "secret", 7, "https://secret", "2020"};
    spec_.failure.message = "secret message";
    spec_.task = "Doubles its input. Observed: the third call triples it.";
    spec_.timeout_s = 2.5;
  }

  TaskFiles files() {
    auto files = task_files(spec_, kTemplates);
    EXPECT_TRUE(files) << files.error().text();
    return files.value_or(TaskFiles{});
  }

  TestFolder folder_;
  CaseSpec spec_;
};

TEST_F(TaskTest, HasThePrograms) {
  const TaskFiles task = files();
  EXPECT_THAT(task, ElementsAre(Key("TASK.md"), Key("hybrid.cpp"), Key("program.h"), Key("task.json"), Key("try")));
  EXPECT_EQ(task.at("hybrid.cpp"), "// the bug\n");
  EXPECT_EQ(task.at("program.h"), "// the program\n");
  EXPECT_EQ(task_hybrid(spec_).value_or(""), "// the bug\n");
}

TEST_F(TaskTest, SaysWhatIsAskedFor) {
  EXPECT_THAT(files().at("TASK.md"),
              AllOf(HasSubstr(spec_.task), HasSubstr("returns something else than the eager one"),
                    HasSubstr("2.5 s and 1024 MB"), HasSubstr("unified diff"), Not(HasSubstr("@"))));
}

TEST_F(TaskTest, SaysWhereTryingDecidesNothing) {
  EXPECT_THAT(files().at("TASK.md"), Not(HasSubstr("before the repair already")));
  for (const Symptom symptom : {Symptom::slow, Symptom::memory, Symptom::no_graph}) {
    spec_.symptom = symptom;
    EXPECT_THAT(files().at("TASK.md"), HasSubstr("before the repair already"));
  }
}

TEST_F(TaskTest, TellsNothingElse) {
  for (const auto& [name, text] : files()) {
    EXPECT_THAT(text, AllOf(Not(HasSubstr("secret")), Not(HasSubstr("the repair\n")))) << name;
    EXPECT_THAT(text, Not(HasSubstr(folder_.path()))) << name;
  }
}

TEST_F(TaskTest, ScriptCanBeStarted) {
  ASSERT_TRUE(write_task(files(), folder_.path()));
  EXPECT_EQ(folder_.read("hybrid.cpp"), "// the bug\n");
  const auto permissions = std::filesystem::status(folder_.file("try")).permissions();
  EXPECT_NE(permissions & std::filesystem::perms::owner_exec, std::filesystem::perms::none);
}

TEST_F(TaskTest, AMissingFileIsAnError) {
  std::filesystem::remove(folder_.file("case/program.h"));
  EXPECT_THAT(task_files(spec_, kTemplates).error().file, HasSubstr("case/program.h"));
  std::filesystem::remove(folder_.file("case/buggy.cpp"));
  EXPECT_THAT(task_hybrid(spec_).error().file, HasSubstr("case/buggy.cpp"));
}

}  // namespace
}  // namespace hybugs
