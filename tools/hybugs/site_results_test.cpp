#include "tools/hybugs/site_results.h"

#include <gmock/gmock.h>

#include "harness/io/results.h"
#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Context context_of(const std::string& libtorch, const std::string& date) {
  Context context;
  context.libtorch = libtorch;
  context.date = date;
  return context;
}

CaseResult result_of(const std::string& id, Verdict verdict, bool timed = false) {
  CaseResult result;
  result.id = id;
  result.title = "Title of " + id;
  result.verdict = verdict;
  if (!timed) return result;
  result.timing.emplace();
  result.timing->against_fixed = {4, 3, 5, 12};
  result.timing->google_benchmark = "long";
  TimingSample sample;
  sample.program = "buggy";
  sample.calls = 4;
  sample.seconds = 2;
  result.timing->samples = {sample};
  return result;
}

void write_results(const TestFolder& folder, const std::string& name, const Context& context,
                   const std::vector<CaseResult>& results) {
  folder.write(name + "/context.json", to_json(context).dump());
  std::string lines;
  for (const CaseResult& result : results) lines += to_json(result).dump() + "\n";
  folder.write(name + "/results.jsonl", lines);
}

TEST(PublishedResults, TheNewestVerdictOfEachVersionCounts) {
  const TestFolder folder;
  write_results(folder, "z-old", context_of("1.13.1", "2026-01-01"), {result_of("a", Verdict::flaky, true)});
  write_results(folder, "a-new", context_of("1.13.1", "2026-02-01"), {result_of("a", Verdict::reproduced)});
  write_results(folder, "deep/er/down", context_of("2.6.0", "2025-01-01"), {result_of("a", Verdict::not_reproduced)});
  const auto published = read_published({folder.path()});
  EXPECT_THAT(published.errors, IsEmpty());
  const json results = results_of(published, "a");
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0]["verdict"], "reproduced");
  EXPECT_EQ(results[1]["libtorch"], "2.6.0");
  EXPECT_EQ(results[0]["timing"]["date"], "2026-01-01") << "the newest that has times";
  EXPECT_EQ(results[0]["timing"]["samples"][0]["seconds"], 0.5) << "of one call";
  EXPECT_FALSE(results[0]["timing"].contains("google_benchmark"));
}

TEST(PublishedResults, AReportAloneIsEnough) {
  const TestFolder folder;
  folder.write("x/report.json",
               to_json(Experiment{context_of("1.13.1", "2026"), {result_of("a", Verdict::flaky)}}).dump());
  EXPECT_EQ(results_of(read_published({folder.path()}), "a")[0]["verdict"], "flaky");
}

TEST(PublishedResults, OfUnknownCasesAreApart) {
  const TestFolder folder;
  write_results(folder, "x", context_of("1.13.1", "2026"),
                {result_of("a", Verdict::reproduced), result_of("gone", Verdict::reproduced)});
  const json unknown = unknown_results(read_published({folder.path()}), {"a"});
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0]["id"], "gone");
  EXPECT_EQ(unknown[0]["title"], "Title of gone");
}

TEST(PublishedResults, DamagedFilesAreSaidAndTheOthersCount) {
  const TestFolder folder;
  write_results(folder, "good", context_of("1.13.1", "2026"), {result_of("a", Verdict::reproduced)});
  folder.write("cut/report.json", "{\"schema\": 2, \"conte");
  folder.write("old/report.json", R"({"schema": 1, "context": {"schema": 1}, "results": []})");
  folder.write("lines/context.json", to_json(context_of("1.13.1", "2026")).dump());
  folder.write("lines/results.jsonl", "no json\n{}\n");
  folder.write("models/report.json", R"({"schema": 7, "models": {}})");
  folder.write("certificates/a.json", "[");
  const auto published = read_published({folder.path()});
  EXPECT_THAT(published.errors, SizeIs(5));
  for (const Error& error : published.errors) EXPECT_THAT(error.file, HasSubstr(folder.path()));
  EXPECT_THAT(published.experiments, SizeIs(1));
}

TEST(PublishedResults, GradingsArePassedOver) {
  const TestFolder folder;
  write_results(folder, "class", context_of("1.13.1", "2026"), {result_of("a", Verdict::reproduced)});
  folder.write(std::string("class/") + kGradingMark, "{}");
  EXPECT_THAT(read_published({folder.path()}).experiments, IsEmpty());
}

TEST(PublishedResults, CertificatesAreRead) {
  const TestFolder folder;
  folder.write("libtorch-1.13.1/certificates/a.json", R"({"id": "a", "hash": "x"})");
  EXPECT_THAT(read_published({folder.path()}).certificates, ElementsAre(json({{"id", "a"}, {"hash", "x"}})));
}

}  // namespace
}  // namespace hybugs
