#include "harness/exec/spawn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace hybugs {
namespace {

CommandOutput shell(const std::string& script, double timeout_s = 20) {
  const auto output = run_command({{"sh", "-c", script}, {{"HYBUGS_TEST", "42"}}, {}, "/", true}, timeout_s);
  EXPECT_TRUE(output);
  return output ? *output : CommandOutput{};
}

TEST(RunCommand, ReturnsOutputAndStatus) {
  const auto output = shell("echo out; echo err >&2; echo $HYBUGS_TEST; pwd; cat; exit 3");
  EXPECT_EQ(output.output, "out\nerr\n42\n/\n");
  EXPECT_EQ(output.status, 3);
  EXPECT_FALSE(output.ok());
}

TEST(RunCommand, ReportsASignalLikeAShell) {
  EXPECT_EQ(shell("kill -SEGV $$").status, 128 + SIGSEGV);
}

TEST(RunCommand, KillsTheWholeGroupWhenTheTimeIsUp) {
  const auto output = shell("sleep 100 | sleep 100", 0.2);
  EXPECT_TRUE(output.timed_out);
  EXPECT_EQ(output.status, 128 + SIGKILL);
}

TEST(RunCommand, EndsWhatIsNoLongerWanted) {
  std::atomic<bool> stop{false};
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop = true;
  });
  Command command{{"sh", "-c", "trap 'echo stopped; exit 7' TERM; echo begun; sleep 600 & wait"}, {}, {}, "/", true};
  command.stop = &stop;
  const auto output = run_command(command);
  later.join();
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 7);
  EXPECT_EQ(output->output, "begun\n");
  EXPECT_FALSE(output->timed_out);
}

TEST(RunCommand, SaysThatAProgramIsMissing) {
  const auto output = run_command({{"no-such-program"}, {}, {}, "", true});
  ASSERT_FALSE(output);
  EXPECT_THAT(output.error().message, testing::HasSubstr("cannot start no-such-program: No such file"));
}

TEST(Spawn, PassesDescriptorsUnderTheirNumbers) {
  Pipe pipe = make_pipe();
  const auto child = spawn({{"sh", "-c", "echo hello >&7"}, {}, {{pipe.write.get(), 7}}, "", true});
  ASSERT_TRUE(child);
  EXPECT_EQ(wait_for(*child), 0);
  char text[6];
  ASSERT_TRUE(read_all(pipe.read.get(), text, sizeof text));
  EXPECT_EQ(std::string(text, 6), "hello\n");
}

}  // namespace
}  // namespace hybugs
