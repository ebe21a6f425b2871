#include "harness/report/google_benchmark.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"

namespace hybugs {
namespace {

nlohmann::json benchmarks_of(const TimingResult& timing) {
  Experiment experiment;
  experiment.results.emplace_back();
  experiment.results[0].id = "case";
  experiment.results[0].timing = timing;
  return nlohmann::json::parse(google_benchmark_json(experiment)).at("benchmarks");
}

TEST(GoogleBenchmark, IsAsApproved) {
  expect_approved("google_benchmark.json", google_benchmark_json(example_experiment()));
}

TEST(GoogleBenchmark, GivesTimesPerIteration) {
  TimingResult timing;
  timing.samples = {{"buggy", TimingPhase::steady, 0, 0, 4, 2.0, 1.0, 2.0}};  // wall 1 s, CPU 2 s for 4 calls
  const nlohmann::json run = benchmarks_of(timing).at(0);
  EXPECT_EQ(run.at("name"), "case/buggy");
  EXPECT_EQ(run.at("iterations"), 4);
  EXPECT_EQ(run.at("real_time"), 0.25e9);
  EXPECT_EQ(run.at("cpu_time"), 0.5e9);
  EXPECT_EQ(run.at("time_unit"), "ns");
}

TEST(GoogleBenchmark, NumbersTheRepetitionsOfEachProgram) {
  TimingResult timing;
  for (const char* program : {"buggy", "fixed", "fixed", "buggy"})
    timing.samples.push_back({program, TimingPhase::steady, 0, 0, 1, 1, 1, 1});
  std::vector<std::string> seen;
  for (const nlohmann::json& run : benchmarks_of(timing)) {
    EXPECT_EQ(run.at("repetitions"), 2);
    seen.push_back(run.at("name").get<std::string>() + " " + run.at("repetition_index").dump());
  }
  EXPECT_THAT(seen, testing::ElementsAre("case/buggy 0", "case/buggy 1", "case/fixed 0", "case/fixed 1"));
}

TEST(GoogleBenchmark, HasNoNumberFromARunThatFailed) {
  TimingResult timing;
  timing.samples = {{"buggy", TimingPhase::steady, 0, 0, 1, 1, 1, 1}};
  EXPECT_EQ(benchmarks_of(timing).size(), 1U);
  timing.failure = "wrong outputs";
  EXPECT_TRUE(benchmarks_of(timing).empty());
}

TEST(GoogleBenchmark, SkipsBlocksWithoutCalls) {
  TimingResult timing;
  timing.samples = {{"buggy", TimingPhase::steady, 0, 0, 0, 1, 1, 1}};
  EXPECT_TRUE(benchmarks_of(timing).empty());
}

TEST(GoogleBenchmark, SurvivesTextThatIsNoUtf8) {
  Experiment experiment;
  experiment.context.machine = "\xFF";
  EXPECT_EQ(nlohmann::json::parse(google_benchmark_json(experiment)).at("context").at("machine"), "\uFFFD");
}

TEST(GoogleBenchmarkRatio, IsThatOfRealTimes) {
  TimingResult timing;
  EXPECT_EQ(google_benchmark_ratio(timing), 0);
  timing.google_benchmark =
      R"({"buggy": {"benchmarks": [{"real_time": 30.0}]}, "fixed": {"benchmarks": [{"real_time": 20.0}]}})";
  EXPECT_EQ(google_benchmark_ratio(timing), 1.5);
  timing.google_benchmark = R"({"buggy": {"benchmarks": []}, "fixed": 7})";
  EXPECT_EQ(google_benchmark_ratio(timing), 0);
}

}  // namespace
}  // namespace hybugs
