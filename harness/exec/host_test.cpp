// Every bad manner of a program has exactly one right outcome, and the host lives on. Real hosts, real processes.
#include "harness/exec/host.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "harness/core/compare.h"
#include "harness/exec/worker.h"
#include "harness/os/process_tree.h"
#include "harness/testdata/misbehave/behaviours.h"

namespace hybugs {
namespace {

using testing::Behaviour;
using ::testing::HasSubstr;

class HostTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    machine_ = new std::shared_mutex;
    worker_ = new Worker({HYBUGS_HOST, probe_sandbox(), nullptr, machine_});
  }
  static void TearDownTestSuite() {
    delete worker_;
    delete machine_;
  }

  static TrialRequest request_for(const std::string& library, Behaviour behaviour = Behaviour::well) {
    TrialRequest request;
    request.library = std::string(HYBUGS_MISBEHAVE) + "/" + library + ".so";
    request.seed = static_cast<std::uint64_t>(behaviour);
    return request;
  }

  static TrialRecord run(const TrialRequest& request, double timeout_s = 20) {
    TrialLimits limits;
    limits.timeout_s = timeout_s;
    limits.teardown_s = 0.5;
    limits.memory_bytes = 256 << 20;
    limits.record_bytes = 64 << 20;
    return worker_->run(Threads{}, request, limits, true);
  }

  static TrialRecord run(Behaviour behaviour, double timeout_s = 20) {
    return run(request_for("misbehave", behaviour), timeout_s);
  }

  static Worker* worker_;
  static std::shared_mutex* machine_;
};
Worker* HostTest::worker_ = nullptr;
std::shared_mutex* HostTest::machine_ = nullptr;

TEST_F(HostTest, AWellBehavedTrialCompletes) {
  const auto record = run(Behaviour::well);
  EXPECT_EQ(record.outcome, Outcome::completed);
  EXPECT_EQ(record.teardown, Teardown::clean);
  EXPECT_EQ(record.scenario_size, 3);
  ASSERT_EQ(record.calls.size(), 3U);
}

TEST_F(HostTest, OutputsAreRecordedBeforeTheProgramChangesThem) {
  const auto record = run(Behaviour::well);  // returns the same tensor each time, one larger
  ASSERT_EQ(record.calls.size(), 3U);
  for (int call = 0; call < 3; ++call) {
    EXPECT_EQ(element_as_double(std::get<Tensor>(record.calls[call].outputs[0].data), 0), call + 1);
  }
}

std::string first_message(const TrialRecord& record) {
  for (const CallRecord& call : record.calls) {
    if (call.thrown) return call.thrown->message;
  }
  return "";
}

struct Ending {
  Behaviour behaviour;
  Outcome outcome;
  int signal;
  std::size_t calls;
};

class EndingTest : public HostTest, public ::testing::WithParamInterface<Ending> {};

void PrintTo(const Ending& ending, std::ostream* out) {
  *out << "behaviour " << static_cast<int>(ending.behaviour);
}

TEST_P(EndingTest, HasOneRightOutcomeAndTheHostLivesOn) {
  const Ending& ending = GetParam();
  const double timeout = ending.outcome == Outcome::timed_out ? 0.5 : 20;
  const auto record = run(ending.behaviour, timeout);
  EXPECT_EQ(record.outcome, ending.outcome) << record.detail << nlohmann::json(first_message(record));
  EXPECT_EQ(record.signal, ending.signal);
  EXPECT_EQ(record.calls.size(), ending.calls);
  EXPECT_EQ(run(Behaviour::well).outcome, Outcome::completed);
}

INSTANTIATE_TEST_SUITE_P(Behaviours, EndingTest,
                         ::testing::Values(Ending{Behaviour::segfault, Outcome::crashed, SIGSEGV, 1},
                                           Ending{Behaviour::abort, Outcome::crashed, SIGABRT, 1},
                                           Ending{Behaviour::terminate, Outcome::crashed, SIGABRT, 1},
                                           Ending{Behaviour::exit_zero, Outcome::crashed, 0, 1},
                                           Ending{Behaviour::exit_now, Outcome::crashed, 0, 1},
                                           Ending{Behaviour::hang, Outcome::timed_out, 0, 1},
                                           Ending{Behaviour::spin, Outcome::timed_out, 0, 1},
                                           Ending{Behaviour::throw_number, Outcome::completed, 0, 3},
                                           Ending{Behaviour::daemon, Outcome::completed, 0, 3},
                                           Ending{Behaviour::flood_output, Outcome::completed, 0, 3},
                                           Ending{Behaviour::close_descriptors, Outcome::crashed, 0, 1},
                                           Ending{Behaviour::allocate, Outcome::out_of_memory, 0, 1},
                                           Ending{Behaviour::return_nothing, Outcome::completed, 0, 3},
                                           Ending{Behaviour::return_other_type, Outcome::completed, 0, 3},
                                           Ending{Behaviour::return_nan, Outcome::completed, 0, 3},
                                           Ending{Behaviour::return_megabytes, Outcome::completed, 0, 3},
                                           Ending{Behaviour::return_gigabytes, Outcome::out_of_memory, 0, 1},
                                           Ending{Behaviour::hang_in_destructor, Outcome::completed, 0, 3},
                                           Ending{Behaviour::crash_in_destructor, Outcome::completed, SIGSEGV, 3}));

TEST_F(HostTest, AnExitIsACrashWithItsCode) {
  EXPECT_EQ(run(Behaviour::exit_zero).exit_code, 0);
  EXPECT_EQ(run(Behaviour::exit_now).exit_code, 0);
}

TEST_F(HostTest, AThrowThatIsNoExceptionEndsItsCallOnly) {
  const auto record = run(Behaviour::throw_number);
  ASSERT_EQ(record.calls.size(), 3U);
  EXPECT_EQ(record.calls[1].thrown->type, "int");
  EXPECT_FALSE(record.calls[2].thrown);
}

TEST_F(HostTest, ALongMessageIsCutAndValidUtf8) {
  const auto record = run(Behaviour::throw_long_message);
  ASSERT_EQ(record.calls.size(), 3U);
  const std::string& message = record.calls[1].thrown->message;
  EXPECT_LT(message.size(), 9000U);
  EXPECT_EQ(message.substr(0, 8), "\\xff\\xff");
}

TEST_F(HostTest, OutputIsCutNotLost) {
  const auto record = run(Behaviour::flood_output);
  EXPECT_EQ(record.standard_output.substr(0, 8), "all work");
  EXPECT_LE(record.standard_output.size(), 64U << 10);
}

TEST_F(HostTest, ValuesComeAsTheyAre) {
  EXPECT_TRUE(run(Behaviour::return_nothing).calls[1].outputs.empty());
  EXPECT_EQ(describe_type(run(Behaviour::return_other_type).calls[1].outputs[0]), describe_type(Value{std::string()}));
  const auto record = run(Behaviour::return_megabytes);  // far larger than a pipe
  const auto& tensor = std::get<Tensor>(record.calls[1].outputs[0].data);
  EXPECT_EQ(element_as_double(tensor, 3'999'999), 3'999'999);
}

TEST_F(HostTest, TeardownIsReportedBesideTheOutcome) {
  EXPECT_EQ(run(Behaviour::hang_in_destructor).teardown, Teardown::timed_out);
  EXPECT_EQ(run(Behaviour::crash_in_destructor).teardown, Teardown::crashed);
  EXPECT_EQ(run(request_for("static_destructor_hang")).teardown, Teardown::timed_out);
}

TEST_F(HostTest, AHangInAStaticInitialiserIsATimeOut) {
  const auto record = run(request_for("static_hang"), 0.5);
  EXPECT_EQ(record.outcome, Outcome::timed_out);
  EXPECT_EQ(record.scenario_size, 0);
}

TEST_F(HostTest, AConstructorThatThrows) {
  const auto record = run(request_for("construct_throws"));
  EXPECT_EQ(record.outcome, Outcome::threw);
  ASSERT_TRUE(record.construct);
  EXPECT_EQ(record.construct->type, "std::invalid_argument");
  EXPECT_EQ(record.construct->message, "no graph today");
}

TEST_F(HostTest, AVariantOfAnotherSdkIsStale) {
  const auto record = run(request_for("other_sdk"));
  EXPECT_TRUE(record.stale);
  EXPECT_THAT(record.detail, HasSubstr("rebuild"));
}

TEST_F(HostTest, AMissingVariantSaysWhichFile) {
  const auto record = run(request_for("nowhere"));
  EXPECT_EQ(record.outcome, Outcome::crashed);
  EXPECT_THAT(record.detail, HasSubstr("nowhere.so"));
}

TEST_F(HostTest, ATrialThatKillsItsHostIsToBlameItself) {
  const auto record = run(Behaviour::kill_parent);
  EXPECT_EQ(record.outcome, Outcome::crashed);
  EXPECT_EQ(run(Behaviour::well).outcome, Outcome::completed);
}

TEST_F(HostTest, AForgedRecordIsACrash) {
  EXPECT_EQ(run(Behaviour::forge_record).outcome, Outcome::crashed);
  EXPECT_EQ(run(Behaviour::well).outcome, Outcome::completed);
}

TEST_F(HostTest, NoProcessOutlivesItsTrial) {
  Worker worker({HYBUGS_HOST, probe_sandbox(), nullptr, machine_});
  const auto host = worker.start_host(Threads{});
  ASSERT_TRUE(host);
  TrialLimits limits;
  EXPECT_EQ((*host)->run(request_for("misbehave", Behaviour::daemon), limits).outcome, Outcome::completed);
  EXPECT_TRUE(descendants_of((*host)->pid()).empty());
}

TEST_F(HostTest, OperatorsAreSeenWhereverAGraphRunsThem) {
  TrialRequest request = request_for("graphs_everywhere");
  request.mode = TrialMode::observe;
  const auto record = run(request);
  ASSERT_EQ(record.calls.size(), 5U);
  const auto use = [&](std::size_t call) { return *record.calls[call].graph_use; };
  EXPECT_EQ(use(0).inside_count(), 1);
  EXPECT_EQ(use(0).outside, 1);
  EXPECT_EQ(use(1).inside["aten::mul"], 1) << "within a derivative";
  EXPECT_EQ(use(2).inside["aten::mul"], 1);
  EXPECT_EQ(use(2).recorded["aten::mul"], 1);
  EXPECT_EQ(use(2).outside, 0);
  EXPECT_EQ(use(3).recorded_count(), 0);
  EXPECT_EQ(use(4).outside, 1) << "in a deleter that a graph calls";
  EXPECT_EQ(use(4).inside["aten::add"], 0);
  EXPECT_EQ(use(4).inside["aten::mul"], 1);
  for (std::size_t call = 0; call < 4; ++call) EXPECT_EQ(use(call).from_graph, std::vector<bool>{true}) << call;
  EXPECT_EQ(use(4).from_graph, std::vector<bool>{false});
  ASSERT_EQ(record.second_pass.size(), 5U);
  EXPECT_EQ(record.second_pass[3].graph_use->inside_count(), 1);
  EXPECT_EQ(record.second_pass[3].outputs.size(), 1U);
}

TEST_F(HostTest, AProgramWithoutAHostIsAHarnessError) {
  Worker worker({"/nonexistent/hybugs-host", Sandbox{}, nullptr, machine_});
  const auto record = worker.run(Threads{}, request_for("misbehave"), TrialLimits{}, true);
  EXPECT_EQ(record.outcome, Outcome::harness_error);
}

TEST_F(HostTest, AProgramThatIsLateEvenAloneHasNoSecondChanceAgain) {
  Worker worker({HYBUGS_HOST, probe_sandbox(), nullptr, machine_});
  TrialLimits limits;
  limits.timeout_s = 0.5;
  const TrialRequest request = request_for("misbehave", Behaviour::hang);
  EXPECT_GE(worker.run(Threads{}, request, limits, false).seconds, 4 * limits.timeout_s);
  const TrialRecord again = worker.run(Threads{}, request, limits, false);
  EXPECT_EQ(again.outcome, Outcome::timed_out);
  EXPECT_LT(again.seconds, 4 * limits.timeout_s);
}

TEST_F(HostTest, StopEndsATrialAtOnce) {
  const std::atomic<bool> stop{true};
  Worker worker({HYBUGS_HOST, probe_sandbox(), &stop, machine_});
  TrialLimits limits;
  limits.timeout_s = 1000;
  const auto record = worker.run(Threads{}, request_for("misbehave", Behaviour::hang), limits, true);
  EXPECT_EQ(record.outcome, Outcome::harness_error);
  EXPECT_EQ(record.detail, "stopped");
}

TEST_F(HostTest, ALateProgramGetsASecondChanceAlone) {
  TrialLimits limits;
  limits.timeout_s = 0.02;  // too short for any trial; four times that is too short for a hang as well
  const auto record = worker_->run(Threads{}, request_for("misbehave", Behaviour::hang), limits, false);
  EXPECT_EQ(record.outcome, Outcome::timed_out);
  EXPECT_GE(record.seconds, 0.08);
}

}  // namespace
}  // namespace hybugs
