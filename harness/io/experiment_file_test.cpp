#include "harness/io/experiment_file.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/io/results.h"
#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

CaseResult result_of(const std::string& id) {
  CaseResult result;
  result.id = id;
  result.verdict = Verdict::reproduced;
  return result;
}

Context context_of(const std::string& libtorch) {
  Context context;
  context.libtorch = libtorch;
  return context;
}

void write_folder(const TestFolder& folder, const std::vector<std::string>& ids) {
  auto writer = ResultsWriter::open(folder.path(), context_of("2.6.0"));
  ASSERT_TRUE(writer);
  for (const std::string& id : ids) ASSERT_TRUE(writer->append(result_of(id)));
}

TEST(ReadExperiment, AFolderAndItsLinesAreTheSame) {
  const TestFolder folder;
  write_folder(folder, {"b", "a"});
  for (const std::string& path : {folder.path(), folder.file("results.jsonl")}) {
    const auto kept = read_experiment(path);
    ASSERT_TRUE(kept) << kept.error().text();
    ASSERT_EQ(kept->experiment.results.size(), 2U);
    EXPECT_EQ(kept->experiment.results[0].id, "a");
    EXPECT_EQ(kept->experiment.context.libtorch, "2.6.0");
    EXPECT_THAT(kept->note, IsEmpty());
  }
}

TEST(ReadExperiment, AReportAloneIsEnough) {
  const TestFolder folder;
  folder.write("x.json", to_json(Experiment{context_of("1.13.1"), {result_of("b"), result_of("a")}}).dump());
  const auto kept = read_experiment(folder.file("x.json"));
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_EQ(kept->experiment.results[0].id, "a");
  EXPECT_EQ(kept->experiment.context.libtorch, "1.13.1");
}

TEST(ReadExperiment, ALineThatWasCutOffIsLeftOutAndThatIsSaid) {
  const TestFolder folder;
  write_folder(folder, {"a", "b"});
  const std::string text = folder.read("results.jsonl");
  folder.write("results.jsonl", text.substr(0, text.size() - 20));
  const auto kept = read_experiment(folder.path());
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_EQ(kept->experiment.results.size(), 1U);
  EXPECT_THAT(kept->note, HasSubstr("cut off"));
}

TEST(ReadExperiment, AReportThatWasCutOffIsRefused) {
  const TestFolder folder;
  const std::string text = to_json(Experiment{context_of("1.13.1"), {result_of("a")}}).dump(2);
  folder.write("report.json", text.substr(0, text.size() / 2));
  const auto kept = read_experiment(folder.file("report.json"));
  ASSERT_FALSE(kept);
  EXPECT_THAT(kept.error().text(), HasSubstr("report.json: is no JSON, or was cut off"));
}

TEST(ReadExperiment, AnotherSchemaIsRefused) {
  const TestFolder folder;
  nlohmann::json report = to_json(Experiment{context_of("1.13.1"), {result_of("a")}});
  report["context"]["schema"] = 99;
  folder.write("report.json", report.dump());
  EXPECT_THAT(read_experiment(folder.path()).error().message, HasSubstr("schema 99"));
}

TEST(ReadExperiment, WhatIsNoExperimentIsSaid) {
  const TestFolder folder;
  EXPECT_THAT(read_experiment(folder.path()).error().message, HasSubstr("neither results.jsonl nor report.json"));
  folder.write("report.json", "{}");
  EXPECT_THAT(read_experiment(folder.path()).error().message, HasSubstr("holds no experiment"));
  folder.write("results.jsonl", "");
  EXPECT_THAT(read_experiment(folder.path()).error().text(), HasSubstr("context.json"));
}

}  // namespace
}  // namespace hybugs
