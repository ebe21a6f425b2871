// hybugs exercise as a black box: a real student's folder, real saves, and hybugs-exercise without the corpus.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>

#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kTargets = HYBUGS_SOURCE_DIR "/harness/testdata/attacks/targets";
constexpr const char* kTask = "attack-shape";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ExerciseTest : public CliTest {
 protected:
  fs::path student() const { return folder_ / "Zoë's exercises"; }
  fs::path program() const { return student() / kTask / "hybrid.cpp"; }

  CommandOutput init(const std::vector<std::string>& more = {"--cases", kTask}) const {
    std::vector<std::string> arguments = {"--cases", kTargets, "exercise", "init", student().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return hybugs(arguments);
  }

  CommandOutput exercise(std::vector<std::string> more) const {
    more.insert(more.begin(), {"exercise", "--folder", student().string()});
    return hybugs(more);
  }

  void save(const std::string& text) const {
    // As editors do: beside, and moved.
    std::ofstream(program().string() + ".new") << text;
    fs::rename(program().string() + ".new", program());
  }

  static std::string repair() { return text_of(fs::path(kTargets) / kTask / "fixed.cpp"); }

  json progress() const { return json::parse(text_of(student() / "progress.json"), nullptr, false)["tasks"][kTask]; }

  bool appears(const fs::path& file, const std::string& text) const {
    for (int i = 0; i < 1200; ++i) {
      if (text_of(file).find(text) != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }
};

TEST_F(ExerciseTest, FromTheFirstLookToTheSolution) {
  ASSERT_EQ(init().status, 0);
  EXPECT_THAT(text_of(student() / kTask / "TASK.md"), HasSubstr("Repair a hybrid program"));
  for (const auto& entry : fs::recursive_directory_iterator(student())) {
    if (!entry.is_regular_file()) continue;
    const std::string text = text_of(entry.path());
    EXPECT_THAT(text, Not(HasSubstr(HYBUGS_SOURCE_DIR))) << entry.path();
    EXPECT_NE(text, repair()) << entry.path();
  }
  const auto first = exercise({"--once"});
  EXPECT_EQ(first.status, 1) << first.output;
  EXPECT_THAT(first.output, HasSubstr("Not yet: In call 3 (the fourth one; calls are counted from 0)"));
  EXPECT_THAT(exercise({"--list"}).output, HasSubstr("0 of 1 solved"));

  save("int x");
  const auto broken = exercise({"--once"});
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.output, HasSubstr("hybrid.cpp does not compile: "));

  save(repair());
  // The program that comes with the folder knows no corpus.
  const auto alone = run_command({{(student() / "exercise").string(), "--once"}, {}, {}, "/", true}, 300);
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->status, 0) << alone->output;
  EXPECT_THAT(alone->output, HasSubstr("Solved: Your program agrees with eager in every call of 5 seeds."));
  EXPECT_NE(progress()["solved"], "");
  EXPECT_EQ(progress()["attempts"], 3);
  EXPECT_THAT(exercise({"--once"}).output, HasSubstr("All 1 tasks are solved"));

  EXPECT_EQ(exercise({"--reset", "--task", kTask}).status, 0);
  EXPECT_EQ(text_of(program()), text_of(fs::path(kTargets) / kTask / "buggy.cpp"));
  EXPECT_EQ(text_of(program().string() + ".mine"), repair());
}

TEST_F(ExerciseTest, EachSaveIsJudgedUntilTheLastTaskIsSolved) {
  ASSERT_EQ(init().status, 0);
  const fs::path log = folder_ / "log";
  Command watch = command({"exercise", "--folder", student().string()});
  const Fd out(::open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600));
  const Fd in(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  watch.descriptors = {{in.get(), 0}, {out.get(), 1}, {out.get(), 2}};
  const auto child = spawn(watch);
  ASSERT_TRUE(child);
  ASSERT_TRUE(appears(log, "Save hybrid.cpp")) << text_of(log);
  save("// eager\n" + text_of(program()));
  EXPECT_TRUE(appears(log, "Not yet: ")) << text_of(log);
  save(repair());
  const int status = wait_for(*child);
  EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0) << text_of(log);
  EXPECT_THAT(text_of(log), HasSubstr("Solved: "));
  EXPECT_THAT(text_of(log), HasSubstr("All 1 tasks are solved"));
  EXPECT_TRUE(all_gone_soon());
}

TEST_F(ExerciseTest, HintsComeOneByOneAndAreCounted) {
  ASSERT_EQ(init().status, 0);
  const auto first = exercise({"--hint"});
  EXPECT_THAT(first.output, HasSubstr("Hint 1 of 2"));
  EXPECT_THAT(first.output, Not(HasSubstr("Hint 2 of 2")));
  EXPECT_THAT(exercise({"--hint"}).output, HasSubstr("Hint 2 of 2"));
  EXPECT_THAT(exercise({"--hint"}).output, HasSubstr("There are no more hints"));
  EXPECT_EQ(progress()["hints"], 2);
}

TEST_F(ExerciseTest, WhatCantBeDoneIsSaid) {
  const auto no_folder = hybugs({"exercise", "--folder", folder_.string()});
  EXPECT_EQ(no_folder.status, 2);
  EXPECT_THAT(no_folder.output, HasSubstr("there are no exercises here"));
  EXPECT_EQ(init({"--mechanism", "shape-bakd"}).status, 2);
  EXPECT_EQ(init({"--cases", "atack-shape"}).status, 2);
  EXPECT_EQ(init({"--difficulty", "3"}).status, 2) << "none of the targets is that hard";
  write("Zoë's exercises/mine.txt", "");
  const auto full = init();
  EXPECT_EQ(full.status, 2);
  EXPECT_THAT(full.output, HasSubstr("is not empty"));
}

}  // namespace
}  // namespace hybugs
