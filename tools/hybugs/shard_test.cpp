// --shard and merge as a black box: parts give what the whole gives.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "harness/exec/candidate_sandbox.h"
#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::string> kCases = {"mini-crash", "mini-exception", "mini-wrong-result", "mini-wrong-failure"};

json read_json(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
}

class ShardTest : public CliTest {
 protected:
  std::string part(int index) const { return (folder_ / ("part-" + std::to_string(index))).string(); }

  CommandOutput run_part(const std::string& shard, const std::string& output,
                         const std::vector<std::string>& cases = kCases, const std::string& seeds = "2") const {
    std::vector<std::string> arguments = {"run", "--no-timing", "--seeds", seeds, "--output", output};
    if (!shard.empty()) arguments.insert(arguments.end(), {"--shard", shard});
    arguments.insert(arguments.end(), cases.begin(), cases.end());
    return miniature(arguments);
  }

  CommandOutput merge(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "merge");
    arguments.insert(arguments.end(), {"--output", output_folder()});
    return hybugs(arguments);
  }

  // Verdict and evidence by id, of a report.
  static std::map<std::string, std::string> verdicts(const std::string& folder) {
    std::map<std::string, std::string> found;
    const json report = read_json(folder + "/report.json");
    for (const json& result : report["results"])
      found[result["id"]] = result["verdict"].get<std::string>() + ": " + result["evidence"].get<std::string>();
    return found;
  }
};

TEST_F(ShardTest, PartsAreDisjointAndTogetherTheWhole) {
  run_part("", (folder_ / "whole").string());
  std::set<std::string> seen;
  for (int i = 1; i <= 3; ++i) {
    run_part(std::to_string(i) + "/3", part(i));
    const json items = read_json(part(i) + "/shard.json")["items"];
    for (const json& item : items) EXPECT_TRUE(seen.insert(item).second) << item;
  }
  EXPECT_EQ(seen, std::set<std::string>(kCases.begin(), kCases.end()));
  const auto merged = merge({part(3), part(1), part(2)});
  EXPECT_EQ(merged.status, 1) << merged.output;  // mini-wrong-failure is none of the expected ones
  EXPECT_THAT(verdicts(output_folder()), SizeIs(4));
  EXPECT_EQ(verdicts(output_folder()), verdicts((folder_ / "whole").string()));
  EXPECT_THAT(result_lines(), SizeIs(4));
}

TEST_F(ShardTest, PartsOfAMatrixGiveTheWholeMatrix) {
  std::vector<std::string> arguments = {"matrix", "-e", "host", "--no-timing", "--seeds", "2", "--output"};
  const auto matrix = [&](const std::string& folder, const std::vector<std::string>& more) {
    std::vector<std::string> all = arguments;
    all.push_back(folder);
    all.insert(all.end(), more.begin(), more.end());
    const std::set<std::string> sorted(kCases.begin(), kCases.end());
    all.insert(all.end(), sorted.begin(), sorted.end());
    return miniature(all);
  };
  matrix((folder_ / "whole").string(), {});
  matrix(part(1), {"--shard", "1/2"});
  EXPECT_THAT(merge({part(1)}).output, HasSubstr("host: missing: shard 2 of 2"));
  matrix(part(2), {"--shard", "2/2"});
  const auto merged = merge({part(1), part(2)});
  EXPECT_EQ(merged.status, 1) << merged.output;  // mini-wrong-failure is none of the expected ones
  EXPECT_EQ(verdicts(output_folder() + "/host"), verdicts((folder_ / "whole/host").string()));
  EXPECT_EQ(read_json(output_folder() + "/matrix.json")["cases"],
            read_json((folder_ / "whole/matrix.json").string())["cases"]);
  EXPECT_TRUE(fs::exists(output_folder() + "/matrix.md"));
  EXPECT_EQ(hybugs({"merge", "--missing", part(1)}).output, "2\n");
}

TEST_F(ShardTest, MergeSaysWhatIsMissingAndRefusesWhatIsNoPart) {
  run_part("1/2", part(1));
  EXPECT_THAT(merge({part(1)}).output, AllOf(HasSubstr("missing: shard 2 of 2 (2 of 4 items)"), HasSubstr("--resume")));
  EXPECT_EQ(hybugs({"merge", "--missing", part(1)}).output, "2\n");
  run_part("2/2", part(2), kCases, "3");
  const auto other = merge({part(1), part(2)});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.output, AllOf(HasSubstr("no part of the same whole"), HasSubstr("seeds ([0,1] and [0,1,2])")));
  EXPECT_THAT(merge({part(1), folder_.string()}).output, HasSubstr("it has no shard.json"));
  EXPECT_THAT(hybugs({"merge", part(1), "--output", part(1)}).output, HasSubstr("is a part and the output as well"));
}

TEST_F(ShardTest, APartThatWasCutOffIsNamed) {
  run_part("1/1", part(1));
  EXPECT_FALSE(fs::exists(part(1) + "/shard.json")) << "1/1 is no part";
  run_part("2/2", part(2));
  std::ofstream(part(2) + "/results.jsonl", std::ios::trunc).close();
  const json items = read_json(part(2) + "/shard.json")["items"];
  EXPECT_THAT(merge({part(2)}).output, HasSubstr(items[0].get<std::string>()));
  EXPECT_EQ(hybugs({"merge", "--missing", part(2)}).output, "1,2\n");
}

TEST_F(ShardTest, AnEmptyPartIsNoFault) {
  for (int i = 1; i <= 2; ++i) {
    const auto ran = run_part(std::to_string(i) + "/2", part(i), {"mini-exception"});
    EXPECT_EQ(ran.status, 0) << ran.output;
  }
  EXPECT_THAT(read_json(part(2) + "/shard.json")["items"], IsEmpty());
  EXPECT_EQ(merge({part(1), part(2)}).status, 0);
}

TEST_F(ShardTest, WrongNumbersAreRefused) {
  for (const char* shard : {"5/4", "0/4", "first"}) {
    const auto ran = run_part(shard, part(1));
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.output, HasSubstr("such as 2/4"));
  }
  Command in_array = command({"--cases", kMiniature, "run", "mini-exception"});
  in_array.environment.emplace_back("SLURM_ARRAY_TASK_ID", "7");
  const auto ran = run_command(in_array, 300);
  EXPECT_EQ(ran->status, 2);
  EXPECT_THAT(ran->output, HasSubstr("is no shard"));
}

TEST_F(ShardTest, WhatIsNotBuiltIsSaidWhereNothingMayBeBuilt) {
  fs::create_directories(folder_ / "cases");
  fs::copy(fs::path(kMiniature) / "mini-exception", folder_ / "cases/mini-new", fs::copy_options::recursive);
  const auto ran =
      hybugs({"--cases", (folder_ / "cases").string(), "--no-build", "run", "mini-new", "--output", part(1)});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.output, HasSubstr("is not built"));
}

TEST_F(ShardTest, EvaluationsInPartsGiveTheSameReport) {
  const auto sandbox = CandidateSandbox::probe();
  if (sandbox.level() == CandidateLevel::weak) GTEST_SKIP() << "no user namespaces here: " << sandbox.reason();
  const std::string targets = HYBUGS_SOURCE_DIR "/harness/testdata/attacks/targets";
  const auto evaluate = [&](const std::vector<std::string>& more, const std::string& output) {
    std::vector<std::string> arguments = {"--cases", targets, "evaluate", "--gold", "--stock", "attack-shape"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.insert(arguments.end(), {"--output", output});
    return hybugs(arguments);
  };
  EXPECT_THAT(evaluate({"--shard", "1/2"}, part(1)).output, HasSubstr("the shards of an evaluation need one seed"));
  evaluate({"--seed", "3"}, (folder_ / "whole").string());
  for (int i = 1; i <= 2; ++i) evaluate({"--seed", "3", "--shard", std::to_string(i) + "/2"}, part(i));
  const auto merged = merge({part(1), part(2)});
  EXPECT_EQ(merged.status, 0) << merged.output;
  json whole = read_json((folder_ / "whole").string() + "/report.json");
  json parts = read_json(output_folder() + "/report.json");
  EXPECT_EQ(parts["models"], whole["models"]);
  EXPECT_EQ(parts["settings"], whole["settings"]);
  ASSERT_EQ(parts["results"].size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(parts["results"][i]["verdict"], whole["results"][i]["verdict"]);
  EXPECT_EQ(hybugs({"--cases", targets, "regrade", output_folder()}).status, 0);
}

}  // namespace
}  // namespace hybugs
