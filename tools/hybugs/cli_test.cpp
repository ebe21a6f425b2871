// The command line program as a black box, on the miniature corpus: real builds, real processes, real files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/exec/sandbox.h"
#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::map<std::string, std::string> verdicts_of(const json& report) {
  std::map<std::string, std::string> verdicts;
  for (const json& result : report["results"]) verdicts[result["id"]] = result["verdict"];
  return verdicts;
}

TEST_F(CliTest, EveryMiniatureCaseHasItsOneRightVerdict) {
  const auto output = miniature({"run", "--output", output_folder(), "--seeds", "3"});
  EXPECT_EQ(output.status, 1) << output.output;
  const std::map<std::string, std::string> expected = {
      {"mini-crash", "reproduced"},       {"mini-does-not-compile", "invalid"},
      {"mini-eager-crashes", "invalid"},  {"mini-exception", "reproduced"},
      {"mini-fix-fails", "fix_fails"},    {"mini-flaky", "flaky"},
      {"mini-hang", "reproduced"},        {"mini-memory", "reproduced"},
      {"mini-no-graph", "reproduced"},    {"mini-not-reproduced", "not_reproduced"},
      {"mini-slow", "reproduced"},        {"mini-wrong-failure", "wrong_failure"},
      {"mini-wrong-result", "reproduced"}};
  std::ifstream file(output_folder() + "/report.json");
  const json report = json::parse(file);
  EXPECT_EQ(verdicts_of(report), expected) << output.output;
  EXPECT_FALSE(report["context"]["libtorch"].get<std::string>().empty());
  EXPECT_THAT(output.output, HasSubstr("does not compile"));
  EXPECT_THAT(output.output, HasSubstr("mini-does-not-compile.log"));
  EXPECT_TRUE(fs::exists(output_folder() + "/junit.xml"));
  EXPECT_TRUE(fs::exists(output_folder() + "/google_benchmark.json"));
}

TEST_F(CliTest, WhatGoesToAFileIsInOrder) {
  const auto output = miniature({"run", "mini-exception", "--output", output_folder()});  // both streams into one
  const auto where = output.output.find("\nResults: ");
  ASSERT_NE(where, std::string::npos) << output.output;
  EXPECT_LT(output.output.find("LibTorch"), where) << output.output;
}

TEST_F(CliTest, TimeGivesARatioWithAnIntervalAndKeepsEverySample) {
  const auto output = miniature({"time", "mini-slow", "mini-memory", "--output", output_folder()});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_THAT(output.output, HasSubstr("threshold"));
  EXPECT_THAT(output.output, HasSubstr("first call"));
  const auto lines = result_lines();
  for (const json& line : lines) {
    if (line.value("id", "").empty()) continue;  // the context
    const json& timing = line["timing"];
    EXPECT_GE(timing["against_fixed"]["pairs"], 12) << line["id"];
    EXPECT_GE(timing["samples"].size(), 3 * 12U) << line["id"];
    EXPECT_EQ(timing["use"].size(), 3U) << line["id"];
  }
  EXPECT_TRUE(fs::exists(output_folder() + "/google_benchmark.json"));
}

TEST_F(CliTest, TimeWantsASlowOrMemoryCase) {
  const auto output = miniature({"time", "mini-slow", "mini-crash"});
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, HasSubstr("mini-crash has symptom crash: only slow and memory cases are timed"));
}

TEST_F(CliTest, TheControlTimesFixedAgainstItself) {
  const auto output = miniature({"time", "--control", "mini-slow", "--output", output_folder()});
  EXPECT_THAT(output.output, HasSubstr("of 1 comparisons raised an alarm"));
  std::ifstream file(output_folder() + "/control.json");
  const json report = json::parse(file, nullptr, false);
  ASSERT_TRUE(report.is_object());
  EXPECT_EQ(report["control"][0]["timing"]["samples"][0]["program"].get<std::string>().substr(0, 5), "fixed");
}

TEST_F(CliTest, ExitCodeIsZeroWhenAllIsAsExpected) {
  const auto output = miniature({"run", "mini-exception", "--output", output_folder(), "--reporter", "json"});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_THAT(output.output, HasSubstr("other size"));
}

TEST_F(CliTest, AWarningCountsOnlyWhenStrict) {
  EXPECT_EQ(miniature({"run", "mini-slow", "--no-timing", "--output", output_folder()}).status, 0);
  EXPECT_EQ(miniature({"run", "mini-slow", "--no-timing", "--strict", "--output", output_folder()}).status, 1);
}

TEST_F(CliTest, ResumeRepeatsNothingThatIsFinished) {
  const std::vector<std::string> run = {"run", "mini-exception", "mini-crash", "--output", output_folder(), "--resume"};
  EXPECT_EQ(miniature(run).status, 0);
  EXPECT_EQ(result_lines().size(), 2U);
  const auto again = miniature(run);
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(result_lines().size(), 2U);
  EXPECT_THAT(again.output, HasSubstr("unchanged"));
  auto other_seeds = run;
  other_seeds.insert(other_seeds.end(), {"--seeds", "2"});
  EXPECT_EQ(miniature(other_seeds).status, 0);
  EXPECT_EQ(result_lines().size(), 4U);
}

TEST_F(CliTest, KillingItLeavesNoProcessAndLosesNothing) {
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no pid namespaces on this machine";
  const std::vector<std::string> run = {"--cases",   kMiniature,      "run",     "mini-exception", "mini-crash",
                                        "mini-hang", "--seeds",       "20",      "--jobs",         "1",
                                        "--output",  output_folder(), "--resume"};
  const auto child = spawn(command(run));
  ASSERT_TRUE(child);
  wait_for_results(1);
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));  // into a hang that leaves daemons
  ::kill(child->pid, SIGKILL);
  wait_for(*child);
  EXPECT_TRUE(all_gone_soon());
  const auto finished = result_lines().size();
  ASSERT_GE(finished, 1U);
  ASSERT_LT(finished, 3U);
  const auto output = hybugs(run);
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_EQ(result_lines().size(), 3U);  // the finished ones were not repeated
}

class SignalTest : public CliTest, public ::testing::WithParamInterface<int> {};

TEST_P(SignalTest, EndsTheRunAndKeepsResults) {
  const auto child = spawn(command({"--cases", kMiniature, "run", "mini-exception", "mini-hang", "--seeds", "50",
                                    "--jobs", "1", "--output", output_folder()}));
  ASSERT_TRUE(child);
  wait_for_results(1);
  ::kill(child->pid, GetParam());
  const int status = wait_for(*child);
  EXPECT_EQ(WEXITSTATUS(status), 130);
  EXPECT_TRUE(all_gone_soon());
  EXPECT_EQ(result_lines().size(), 1U);
  EXPECT_TRUE(fs::exists(output_folder() + "/report.json"));
}

INSTANTIATE_TEST_SUITE_P(Signals, SignalTest, ::testing::Values(SIGINT, SIGTERM));

TEST_F(CliTest, AnUnwritableResultsFolderIsSaidBeforeTheWork) {
  write("file", "");
  const auto output = miniature({"run", "mini-exception", "--output", (folder_ / "file" / "results").string()});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.output, AllOf(HasSubstr("error: "), HasSubstr("file/results"), Not(HasSubstr("reproduced"))));
}

TEST_F(CliTest, AFullDiskIsSaidAtOnce) {
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no namespaces to make a tiny disk in";
  const std::string disk = (folder_ / "disk").string();
  fs::create_directories(disk);
  // 16 KB hold the context; the long results of many seeds don't fit.
  const auto output =
      run_command({{"bwrap", "--dev-bind", "/", "/", "--size", "16384", "--tmpfs", disk, HYBUGS_BINARY, "--cases",
                    kMiniature, "run", "mini-exception", "--seeds", "200", "--output", disk + "/results"},
                   {},
                   {},
                   "",
                   true},
                  120);
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 3) << output->output;
  EXPECT_THAT(output->output, HasSubstr("No space left on device"));
}

TEST_F(CliTest, UnknownWordsGetASuggestion) {
  const auto command = hybugs({"rnu"});
  EXPECT_EQ(command.status, 2);
  EXPECT_THAT(command.output, HasSubstr("did you mean 'run'?"));
  const auto id = miniature({"run", "mini-exeption"});
  EXPECT_EQ(id.status, 2);
  EXPECT_THAT(id.output, HasSubstr("no case 'mini-exeption', did you mean 'mini-exception'?"));
  EXPECT_THAT(miniature({"show", "mini-exc"}).output, HasSubstr("did you mean 'mini-exception'?"));
  const auto symptom = miniature({"list", "--symptom", "crsh"});
  EXPECT_EQ(symptom.status, 2);
  EXPECT_THAT(symptom.output, HasSubstr("did you mean 'crash'?"));
  EXPECT_EQ(miniature({"run", "--seeds", "none"}).status, 2);
  EXPECT_EQ(hybugs({}).status, 2);
}

TEST_F(CliTest, ListFilters) {
  const auto output = miniature({"list", "--symptom", "crash", "--json"});
  EXPECT_EQ(output.status, 0);
  const json list = json::parse(output.output);
  ASSERT_EQ(list.size(), 1U) << output.output;
  EXPECT_EQ(list[0]["id"], "mini-crash");
}

TEST_F(CliTest, ShowTellsTheStoryAndTheDifference) {
  const auto output = miniature({"show", "mini-exception"});
  EXPECT_EQ(output.status, 0);
  EXPECT_THAT(output.output, AllOf(HasSubstr("Exists to test the harness."), HasSubstr("other size"), HasSubstr("@@")));
}

TEST_F(CliTest, BadCasesAreReportedAllAtOnceAndTheOthersLoad) {
  write("cases/broken/case.yaml", "title: [\n");
  write("cases/typo/case.yaml", "title: x\nsymptons: exception\n");
  write("cases/typo/buggy.cpp", "");
  write("cases/no-yaml/buggy.cpp", "");
  fs::copy(std::string(kMiniature) + "/mini-crash", folder_ / "cases/mini-crash");
  const auto output = hybugs({"--cases", (folder_ / "cases").string(), "list"});
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output,
              AllOf(HasSubstr("cases/typo/case.yaml:2: unknown key 'symptons', did you mean 'symptom'?"),
                    HasSubstr("cases/broken/case.yaml"), HasSubstr("cases/no-yaml"), HasSubstr("mini-crash")));
}

TEST_F(CliTest, DebugShowsATrialInWords) {
  const auto output = miniature({"debug", "mini-exception", "--variant", "buggy", "--seed", "1", "--call", "3"});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_THAT(output.output, AllOf(HasSubstr("threw std::runtime_error: other size"), HasSubstr("completed"),
                                   HasSubstr("first disagreement with eager: call 3: threw")));
  const auto graph = miniature({"debug", "mini-exception", "--variant", "fixed", "--graph"});
  EXPECT_THAT(graph.output, AllOf(HasSubstr("aten::mul"), HasSubstr("graph that was executed last"),
                                  HasSubstr("agrees with eager in every call")));
  EXPECT_EQ(miniature({"debug", "mini-exception", "--variant", "bugy"}).status, 2);
}

TEST_F(CliTest, DebugStopsUnderGdbBeforeTheCall) {
  if (!run_command({{"gdb", "--version"}, {}, {}, "", true})) GTEST_SKIP() << "no gdb on this machine";
  const auto output = miniature({"debug", "mini-exception", "--gdb", "--call", "2"});
  EXPECT_THAT(output.output, HasSubstr("Breakpoint 1, "));
}

TEST_F(CliTest, CheckProvesAndRejects) {
  const auto proven = miniature({"check", "mini-exception", "--json"});
  const json report = json::parse(proven.output.substr(proven.output.find('{')), nullptr, false);
  ASSERT_TRUE(report.is_object()) << proven.output;
  ASSERT_EQ(report["proofs"].size(), 1U) << proven.output;
  EXPECT_EQ(report["proofs"][0]["passed"], true) << proven.output;
  EXPECT_EQ(proven.status, 2);  // its texts are too short for a real case
  EXPECT_THAT(proven.output, HasSubstr("'story' has"));
  EXPECT_THAT(miniature({"check", "mini-flaky", "mini-fix-fails"}).output,
              AllOf(HasSubstr("not proven mini-flaky"), HasSubstr("not proven mini-fix-fails")));
}

TEST_F(CliTest, AWrongRepairIsRejectedWithItsEvidence) {
  const auto output = miniature({"check", "mini-exception", "--proof", "quick"});
  EXPECT_THAT(output.output, HasSubstr("wrong_swallow is rejected: call 3"));
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// A task, tried where neither the sources nor the build folder are to be seen.
class CheckoutTest : public CliTest {
 protected:
  std::string task() const { return (folder_ / "task").string(); }

  CommandOutput try_alone(const std::string& task) const {
    const std::string bin = fs::path(HYBUGS_BINARY).parent_path().string();
    const auto output = run_command({{"bwrap", "--dev-bind", "/", "/", "--tmpfs", HYBUGS_SOURCE_DIR, "--tmpfs", bin,
                                      "--bind", folder_, folder_, "--chdir", "/", task + "/try"},
                                     {},
                                     {},
                                     "",
                                     true},
                                    300);
    EXPECT_TRUE(output) << output.error().text();
    return output.value_or(CommandOutput{});
  }

  // Names of files below `folder` that mention `text`.
  std::vector<std::string> files_with(const std::string& folder, const std::string& text) const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const bool is_file = entry.is_regular_file();
      if (is_file && text_of(entry.path()).find(text) != std::string::npos) files.push_back(entry.path());
    }
    return files;
  }
};

TEST_F(CheckoutTest, ATaskCanBeTriedAndRepairedAwayFromTheCorpus) {
  const auto made = miniature({"checkout", "mini-exception", task()});
  ASSERT_EQ(made.status, 0) << made.output;
  EXPECT_THAT(files_with(task(), HYBUGS_SOURCE_DIR), IsEmpty());
  EXPECT_THAT(files_with(task(), "mini-exception"), IsEmpty());
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no namespaces to hide the sources in";
  const auto buggy = try_alone(task());
  EXPECT_EQ(buggy.status, 1) << buggy.output;
  EXPECT_THAT(buggy.output,
              AllOf(HasSubstr("seed 4: call 3: threw std::runtime_error: other size"),
                    HasSubstr("operators inside graphs, call by call: 1 1 1 0 1"), HasSubstr("0 of 5 seeds agree")));
  write("task/hybrid.cpp", text_of(std::string(kMiniature) + "/mini-exception/fixed.cpp"));
  const auto repaired = try_alone(task());
  EXPECT_EQ(repaired.status, 0) << repaired.output;
  EXPECT_THAT(repaired.output,
              AllOf(HasSubstr("seed 0: agrees with eager in 5 calls"), HasSubstr("5 of 5 seeds agree")));
  write("task/hybrid.cpp", "#include \"program.h\"\nint f() { return x; }\n");
  const auto broken = try_alone(task());
  EXPECT_EQ(broken.status, 2) << broken.output;
  EXPECT_THAT(broken.output, AllOf(HasSubstr("hybrid.cpp:2:"), HasSubstr("doesn't compile")));
}

TEST_F(CheckoutTest, AllTasksShareOneHarness) {
  for (const char* name : {"one", "two"}) {
    fs::create_directories(folder_ / "cases");
    fs::copy(std::string(kMiniature) + "/mini-exception", folder_ / "cases" / name);
  }
  const auto made = hybugs({"--cases", (folder_ / "cases").string(), "checkout", "--all", task()});
  ASSERT_EQ(made.status, 0) << made.output;
  EXPECT_TRUE(fs::exists(task() + "/one/TASK.md"));
  EXPECT_TRUE(fs::exists(task() + "/two/hybrid.cpp"));
  EXPECT_FALSE(fs::exists(task() + "/two/harness"));
  const auto output = run_command({{task() + "/two/try"}, {}, {}, "", true}, 300);
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 1) << output->output;
}

TEST_F(CheckoutTest, RefusesWhatItCantDo) {
  EXPECT_THAT(miniature({"checkout", "mini-exeption", task()}).output, HasSubstr("did you mean 'mini-exception'?"));
  EXPECT_EQ(miniature({"checkout", "mini-exeption", task()}).status, 2);
  EXPECT_EQ(miniature({"checkout", "mini-exception"}).status, 2);
  EXPECT_EQ(miniature({"checkout", "--all", "mini-exception", task()}).status, 2);
  EXPECT_FALSE(fs::exists(task()));
  write("task/file", "");
  const auto full = miniature({"checkout", "mini-exception", task()});
  EXPECT_EQ(full.status, 2);
  EXPECT_THAT(full.output, HasSubstr("task: is not empty"));
  const auto below_a_file = miniature({"checkout", "mini-exception", task() + "/file/task"});
  EXPECT_EQ(below_a_file.status, 3);
  EXPECT_THAT(below_a_file.output, HasSubstr("cannot create the folder"));
}

TEST_F(CheckoutTest, CheckFindsWhatATaskGivesAway) {
  fs::create_directories(folder_ / "cases");
  fs::copy(std::string(kMiniature) + "/mini-exception", folder_ / "cases/leaky");
  std::ofstream(folder_ / "cases/leaky/buggy.cpp", std::ios::app) << "// the miniature was repaired by a size_guard\n";
  std::ofstream(folder_ / "cases/leaky/fixed.cpp", std::ios::app) << "static const int size_guard = 0;\n";
  const auto output = hybugs({"--cases", (folder_ / "cases").string(), "check", "--proof", "none"});
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, AllOf(HasSubstr("buggy.cpp:18: 'size_guard' is a word of the repair"),
                                   HasSubstr("buggy.cpp:18: 'miniature' is the project's name")));
}

TEST_F(CliTest, EveryCommandHasHelpWithAnExample) {
  for (const char* name : {"list", "show", "run", "check", "checkout", "new", "debug", "doctor", "study"}) {
    const auto output = hybugs({name, "--help"});
    EXPECT_EQ(output.status, 0) << name;
    EXPECT_THAT(output.output, HasSubstr(std::string("hybugs ") + name)) << name;
  }
}

TEST_F(CliTest, StudyCountsTheLedger) {
  const auto output = hybugs({"study", "--json"});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_TRUE(json::parse(output.output, nullptr, false).is_object());
}

}  // namespace
}  // namespace hybugs
