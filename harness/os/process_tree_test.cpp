#include "harness/os/process_tree.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace hybugs {
namespace {

// A child with a child of its own that left for another session; both sleep.
pid_t start_family(int ready) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (::fork() == 0) ::setsid();
  write_all(ready, "x", 1);
  ::sleep(100);
  ::_exit(0);
}

TEST(ProcessTree, FindsAndKillsAFamily) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  Pipe ready = make_pipe();
  const pid_t child = start_family(ready.write.get());
  char buffer[2];
  ASSERT_TRUE(read_all(ready.read.get(), buffer, 2));

  const auto family = descendants_of(::getpid());
  EXPECT_EQ(family.size(), 2U);
  EXPECT_TRUE(std::count(family.begin(), family.end(), child));
  EXPECT_GT(resident_bytes(child), 0);
  const Fd pidfd = open_pidfd(child);
  EXPECT_EQ(pid_of(pidfd.get()), child);

  ::kill(child, SIGKILL);  // its child is re-parented to us
  pollfd wait{pidfd.get(), POLLIN, 0};
  EXPECT_EQ(::poll(&wait, 1, 10'000), 1);
  kill_descendants();
  EXPECT_TRUE(descendants_of(::getpid()).empty());
}

TEST(ProcessTree, AProcessThatIsGoneHasNothing) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(resident_bytes(child), 0);
  EXPECT_EQ(cpu_seconds(child), 0);
  EXPECT_FALSE(open_pidfd(child).valid());
}

TEST(ProcessTree, IsRunnableUntilAllThreadsSleep) {
  EXPECT_TRUE(is_runnable(::getpid()));
  const pid_t child = ::fork();
  if (child == 0) {
    for (;;) ::pause();
  }
  for (int i = 0; i < 10'000 && is_runnable(child); ++i) ::usleep(1000);
  EXPECT_FALSE(is_runnable(child));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(is_runnable(child));
}

TEST(ProcessTree, AThreadStaysOnACpuForAWhile) {
  const std::vector<int> before = allowed_cpus();
  {
    const ThreadOnCpu here(before.back());
    EXPECT_EQ(allowed_cpus(), std::vector{before.back()});
  }
  EXPECT_EQ(allowed_cpus(), before);
}

TEST(ProcessTree, AThreadStaysWhereItIsWhenThereIsNoSuchCpu) {
  const std::vector<int> before = allowed_cpus();
  const ThreadOnCpu nowhere(CPU_SETSIZE - 1);
  EXPECT_EQ(allowed_cpus(), before);
}

TEST(ProcessTree, CpuTimeGrowsWithWork) {
  const double before = cpu_seconds(::getpid());
  volatile double x = 1;
  for (int i = 0; i < 20'000'000; ++i) x = x * 1.0000001;
  EXPECT_GT(cpu_seconds(::getpid()), before);
}

}  // namespace
}  // namespace hybugs
