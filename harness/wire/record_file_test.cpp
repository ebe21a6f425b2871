#include "harness/wire/record_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace hybugs {
namespace {

namespace fs = std::filesystem;

class RecordFileTest : public testing::Test {
 protected:
  void SetUp() override { path_ = fs::temp_directory_path() / ("hybugs-records-" + std::to_string(::getpid())); }
  void TearDown() override { fs::remove(path_); }
  std::string path_;
};

KeptTrial a_trial() {
  KeptTrial trial;
  trial.label = {{"seed", 7}, {"program", "candidate"}};
  TrialRecord& record = trial.record;
  record.outcome = Outcome::crashed;
  record.signal = 11;
  record.exit_code = 3;
  record.scenario_size = 4;
  record.constructed = true;
  record.seconds = 0.25;
  record.detail = "why";
  record.standard_error = "oh";
  record.graph = "graph(%x)";
  const auto data = std::make_shared<std::vector<float>>(std::vector<float>{1, 2, 3});
  Tensor tensor;
  tensor.shape = {3};
  tensor.data = reinterpret_cast<const std::byte*>(data->data());
  tensor.owner = data;
  CallRecord returned;
  returned.outputs = {Value{tensor}, Value{std::string("text")}};
  returned.graph_use = GraphUse{{{"aten::mm", 1}}, {{"aten::add", 2}}, 5, 1};
  record.second_pass = {returned};
  CallRecord threw;
  threw.thrown = Thrown{"c10::Error", "no"};
  record.calls = {returned, threw};
  return trial;
}

TEST_F(RecordFileTest, WhatIsWrittenIsRead) {
  ASSERT_TRUE(write_trials(path_, {a_trial(), a_trial()}));
  const auto trials = read_trials(path_);
  ASSERT_TRUE(trials) << trials.error().text();
  ASSERT_EQ(trials->size(), 2U);
  const auto& [label, record] = trials->back();
  EXPECT_EQ(label["seed"], 7);
  EXPECT_EQ(record.outcome, Outcome::crashed);
  EXPECT_EQ(record.signal, 11);
  EXPECT_EQ(record.exit_code, 3);
  EXPECT_EQ(record.scenario_size, 4);
  EXPECT_TRUE(record.constructed);
  EXPECT_EQ(record.seconds, 0.25);
  EXPECT_EQ(record.detail, "why");
  EXPECT_EQ(record.standard_error, "oh");
  EXPECT_EQ(record.graph, "graph(%x)");
  ASSERT_EQ(record.second_pass.size(), 1U);
  EXPECT_EQ(record.second_pass[0].graph_use->recorded_count(), 2);
  EXPECT_EQ(record.second_pass[0].outputs.size(), 2U);
  ASSERT_EQ(record.calls.size(), 2U);
  EXPECT_EQ(describe(record.calls[0].outputs[0]), describe(a_trial().record.calls[0].outputs[0]));
  EXPECT_EQ(record.calls[0].graph_use->outside, 5);
  EXPECT_EQ(record.calls[1].thrown->message, "no");
}

TEST_F(RecordFileTest, AFileThatWasCutOffIsSaid) {
  ASSERT_TRUE(write_trials(path_, {a_trial()}));
  fs::resize_file(path_, fs::file_size(path_) - 9);
  const auto trials = read_trials(path_);
  ASSERT_FALSE(trials);
  EXPECT_THAT(trials.error().text(), testing::HasSubstr("was cut off"));
  EXPECT_FALSE(read_trials(path_ + ".none"));
  std::ofstream(path_) << "something else altogether, long enough to be a frame";
  EXPECT_FALSE(read_trials(path_));
}

TEST_F(RecordFileTest, AFullDiskIsSaid) {
  EXPECT_FALSE(write_trials("/dev/full/x", {a_trial()}));
}

}  // namespace
}  // namespace hybugs
