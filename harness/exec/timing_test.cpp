// Timing on real processes: what the clock may see, and what it may not be fooled by.
#include "harness/exec/timing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/exec/timed_process.h"
#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TimingTest : public ::testing::Test {
 protected:
  TimingTest() : worker_({HYBUGS_HOST, probe_sandbox(), nullptr, &machine_}) {
    paths_.output = HYBUGS_TIMED;
    spec_.id = "timed";
    spec_.symptom = Symptom::slow;
    spec_.min_ratio = 2;
    options_.thresholds = {2};
    options_.google_benchmark = false;
  }

  TimingResult time(const std::string& variant) {
    options_.variant = variant;
    return time_case(worker_, paths_, spec_, options_);
  }

  std::shared_mutex machine_;
  Worker worker_;
  Paths paths_;
  CaseSpec spec_;
  TimingOptions options_;
};

// One process on each allowed CPU that never rests.
class CpuHogs {
 public:
  CpuHogs() {
    for (int cpu : allowed_cpus()) {
      hogs_.push_back(::fork());
      if (hogs_.back() != 0) continue;
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      pin_to_cpu(::getpid(), cpu);
      for (volatile std::uint64_t turns = 0;; turns = turns + 1) {
      }
    }
  }
  ~CpuHogs() {
    for (pid_t hog : hogs_) {
      ::kill(hog, SIGKILL);
      ::waitpid(hog, nullptr, 0);
    }
  }
  CpuHogs(const CpuHogs&) = delete;
  CpuHogs& operator=(const CpuHogs&) = delete;

 private:
  std::vector<pid_t> hogs_;
};

TEST_F(TimingTest, ASlowerProgramIsSlower) {
  options_.google_benchmark = true;
  const TimingResult timing = time("slower");
  EXPECT_THAT(timing.failure, IsEmpty());
  EXPECT_GT(timing.against_fixed.low, 2);
  EXPECT_GE(timing.against_fixed.pairs, 12);
  EXPECT_GT(timing.against_eager.low, 2);
  EXPECT_THAT(timing.google_benchmark, HasSubstr("real_time"));
}

TEST_F(TimingTest, AnIntervalBelowTheThresholdEndsItAsWell) {
  const TimingResult timing = time("fixed");
  EXPECT_THAT(timing.failure, IsEmpty());
  EXPECT_LT(timing.against_fixed.high, 2);
  EXPECT_EQ(timing.samples.front().program, "fixed again");
}

TEST_F(TimingTest, BothSidesDoTheSameCallsInProcessesThatAreReplaced) {
  const TimingResult timing = time("slower");
  std::map<std::string, int> calls;
  std::map<std::string, int> processes;
  for (const TimingSample& sample : timing.samples) {
    if (sample.pair == kNoPair) continue;
    calls[sample.program] += sample.calls;
    processes[sample.program] = std::max(processes[sample.program], sample.process);
    EXPECT_DOUBLE_EQ(sample.seconds, std::max(sample.wall_seconds - sample.waiting_seconds, sample.cpu_seconds));
  }
  EXPECT_EQ(calls["slower"], calls["fixed"]);
  EXPECT_EQ(calls["slower"], calls["eager"]);
  EXPECT_GE(processes["fixed"], 3);
}

TEST_F(TimingTest, TheSecondPairOfARoundReversesTheFirst) {
  const TimingResult timing = time("slower");
  std::map<int, std::vector<std::string>> order;
  for (const TimingSample& sample : timing.samples) {
    if (sample.pair != kNoPair) order[sample.pair].push_back(sample.program);
  }
  for (int pair = 0; pair + 1 < static_cast<int>(order.size()); pair += 2) {
    std::reverse(order[pair + 1].begin(), order[pair + 1].end());
    EXPECT_EQ(order[pair], order[pair + 1]);
  }
}

TEST_F(TimingTest, AFirstCallIsOneSampleAProcess) {
  spec_.timing.phase = TimingPhase::first_call;
  options_.max_pairs = 12;
  const TimingResult timing = time("slower");
  std::vector<int> processes;
  for (const TimingSample& sample : timing.samples) {
    if (sample.program == "fixed" && sample.pair != kNoPair) processes.push_back(sample.process);
  }
  EXPECT_GE(processes.size(), 12U);
  EXPECT_EQ(std::adjacent_find(processes.begin(), processes.end()), processes.end());
}

TEST_F(TimingTest, ProgramsDoNotAnswerForTheTimeThatOthersHadTheirCpu) {
  const CpuHogs hogs;
  options_.max_pairs = 4;
  double waiting = 0;
  double seconds = 0;
  double wall = 0;
  for (const TimingSample& sample : time("slower").samples) {
    waiting += sample.waiting_seconds;
    seconds += sample.seconds;
    wall += sample.wall_seconds;
  }
  EXPECT_GT(waiting, 0);
  EXPECT_LT(seconds, wall);
}

TEST_F(TimingTest, ASleepCounts) {
  options_.max_pairs = 2;
  for (const TimingSample& sample : time("sleeps").samples) {
    if (sample.program != "sleeps") continue;
    EXPECT_GE(sample.seconds, 1e-3 * sample.calls);
  }
}

TEST_F(TimingTest, AWaitThatBeganBeforeTheBatchDoesNotMakeItShorter) {
  const ThreadOnCpu one_cpu(allowed_cpus().front());
  const auto host = worker_.start_host(spec_.threads);
  ASSERT_TRUE(host) << host.error().message;
  TrialRequest request;
  request.library = paths_.library(spec_.id, "sleeps");
  request.program = ProgramKind::hybrid;
  request.mode = TrialMode::time;
  TimedProcess process(**host, request, 60, std::nullopt);
  const CpuHogs hogs;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto batch = process.run({seed, 0, 1});
    ASSERT_TRUE(batch) << batch.error().message;
    EXPECT_GE(batch->seconds(), 1e-3) << "of which it waited " << batch->waiting_seconds;
  }
}

TEST_F(TimingTest, TheClockLeavesTheProgramsCpuAfterwards) {
  const std::vector<int> before = allowed_cpus();
  options_.max_pairs = 1;
  time("slower");
  EXPECT_EQ(allowed_cpus(), before);
}

TEST_F(TimingTest, ACrashWhileTimedIsAFailureWithoutNumbers) {
  const TimingResult timing = time("crashes_late");
  EXPECT_THAT(timing.failure, HasSubstr("crashes_late: "));
  EXPECT_THAT(timing.failure, HasSubstr("SIGSEGV"));
}

TEST_F(TimingTest, OutputsThatGoWrongWhileTimedAreFound) {
  EXPECT_THAT(time("wrong_late").failure, HasSubstr("wrong_late went wrong while it was timed: "));
}

TEST_F(TimingTest, WorkDoneInAnotherProcessCounts) {
  options_.max_pairs = 2;
  options_.batch_seconds = 0.0002;
  const TimingResult timing = time("elsewhere");
  EXPECT_THAT(timing.failure, IsEmpty());
  for (const TimingSample& sample : timing.samples) {
    if (sample.program != "elsewhere") continue;
    EXPECT_GE(sample.seconds, 300e-6 * sample.calls);
  }
}

TEST_F(TimingTest, TheCapHoldsForACallThatTakesLonger) {
  options_.max_seconds = 3;
  const double start = monotonic_seconds();
  const TimingResult timing = time("thirty_seconds");
  EXPECT_LT(monotonic_seconds() - start, 20);  // far less than the call
  EXPECT_THAT(timing.stopped, HasSubstr("the cap of 3 s was reached after 0 pairs"));
  EXPECT_THAT(timing.failure, IsEmpty());
}

TEST_F(TimingTest, AMissingCallIsAFailure) {
  spec_.timing.call = 7;
  EXPECT_THAT(time("slower").failure, HasSubstr("the scenario has no such call"));
}

}  // namespace
}  // namespace hybugs
