#include "harness/report/progress.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace hybugs {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(ProgressLine, SaysHowFarTheWorkIs) {
  EXPECT_EQ(progress_line({0, 16, {"a", "b"}, "", 1.5}, 80), "[0/16] 1.5 s: a, b");
  EXPECT_EQ(progress_line({4, 16, {"a"}, "", 20}, 80), "[4/16] 20.0 s, about 1 min 0 s left: a");
  EXPECT_EQ(progress_line({0, 2, {"a"}, "12 pairs", 3}, 80), "[0/2] 3.0 s: a (12 pairs)");
  EXPECT_EQ(progress_line({16, 16, {}, "", 80}, 80), "[16/16] 1 min 20 s");
}

TEST(ProgressLine, IsCutToTheWidth) {
  EXPECT_EQ(progress_line({4, 16, {"case-one", "case-two"}, "", 20}, 50),
            "[4/16] 20.0 s, about 1 min 0 s left: case-one, ca…");
}

/// The two ends of a pseudo-terminal of 40 columns.
class ProgressOnTerminal : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TERM", "xterm", 1);
    master_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    ASSERT_GE(master_, 0);
    ASSERT_EQ(::grantpt(master_), 0);
    ASSERT_EQ(::unlockpt(master_), 0);
    slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    ASSERT_GE(slave_, 0);
    const winsize size{24, 40, 0, 0};
    ASSERT_EQ(::ioctl(slave_, TIOCSWINSZ, &size), 0);
  }
  void TearDown() override {
    ::close(master_);
    ::close(slave_);
  }
  /// What has arrived since the last look; a terminal hands it out in pieces.
  std::string written() {
    ::fcntl(master_, F_SETFL, O_NONBLOCK);
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t size; (size = ::read(master_, buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }
  int master_ = -1;
  int slave_ = -1;
};

TEST_F(ProgressOnTerminal, ShowsTheLineAndErasesIt) {
  {
    Progress progress(slave_, 2);
    progress.start("first");
    EXPECT_THAT(written(), HasSubstr("[0/2]"));
    progress.finish("first");
    EXPECT_THAT(written(), HasSubstr("[1/2]"));
    progress.start("second");
    EXPECT_THAT(written(), EndsWith(": second"));
  }
  EXPECT_THAT(written(), EndsWith("\r\x1b[K"));
}

TEST_F(ProgressOnTerminal, PutsPrintedLinesAboveTheLine) {
  Progress progress(slave_, 2);
  progress.start("first");
  progress.print(slave_, "a result\n");
  EXPECT_THAT(written(), HasSubstr("\r\x1b[Ka result\r\n\r\x1b[K[0/2]"));
}

TEST_F(ProgressOnTerminal, StaysWithinTheTerminal) {
  Progress progress(slave_, 2);
  progress.start(std::string(100, 'x'));
  const std::string text = written();
  const std::string line = text.substr(text.rfind("\r\x1b[K") + 4);
  EXPECT_EQ(line.size(), 39 - 1 + std::string("…").size());
}

TEST_F(ProgressOnTerminal, ShowsNothingOnOneThatKnowsNoEscapes) {
  ::setenv("TERM", "dumb", 1);
  { Progress(slave_, 2).start("first"); }
  EXPECT_EQ(written(), "");
}

TEST(Progress, ShowsNothingInAPipeButWhatIsPrinted) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  {
    Progress progress(ends[1], 2);
    progress.start("first");
    progress.print(ends[1], "a result\n");
    progress.finish("first");
  }
  ::close(ends[1]);
  std::array<char, 256> buffer{};
  const ssize_t size = ::read(ends[0], buffer.data(), buffer.size());
  EXPECT_EQ(std::string(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, size))), "a result\n");
  ::close(ends[0]);
}

// Meaningful under a thread sanitizer, and as a test that nothing is counted twice or lost.
TEST_F(ProgressOnTerminal, CountsWhatManyThreadsDo) {
  std::string text;
  {
    Progress progress(slave_, 40);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&progress] {
        for (int i = 0; i < 10; ++i) {
          progress.start("case");
          progress.finish("case");
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    text = written();
  }
  EXPECT_THAT(text, HasSubstr("[40/40]"));
}

}  // namespace
}  // namespace hybugs
