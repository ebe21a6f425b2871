#include "tools/hybugs/sharding.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

using testing::HasSubstr;

std::string parsed(const std::string& text) {
  const auto shard = parse_shard(text);
  return shard ? shard->text() : shard.error().message;
}

TEST(ParseShard, TakesOneOfSeveral) {
  EXPECT_EQ(parsed("1/1"), "1/1");
  EXPECT_EQ(parsed("2/4"), "2/4");
  EXPECT_EQ(parsed("200/200"), "200/200");
}

TEST(ParseShard, RefusesWhatIsNone) {
  EXPECT_EQ(parsed("5/4"), "there is no shard '5/4'");
  EXPECT_EQ(parsed("0/4"), "there is no shard '0/4'");
  EXPECT_EQ(parsed("1/0"), "there is no shard '1/0'");
  for (const char* text : {"", "first", "1", "1/", "/4", "-1/4", "1/4/2", "1.5/4", "1/99999999"})
    EXPECT_EQ(parsed(text), fmt::format("'{}' is no shard", text));
}

std::string in_environment(const std::map<std::string, std::string>& variables) {
  const auto shard = shard_from_environment([&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
  return shard ? shard->text() : shard.error().message;
}

TEST(ShardFromEnvironment, IsTheWholeWhereNothingIsSaid) {
  EXPECT_EQ(in_environment({}), "1/1");
}

TEST(ShardFromEnvironment, ReadsAJobArray) {
  std::map<std::string, std::string> array = {{"SLURM_ARRAY_TASK_ID", "7"},
                                              {"SLURM_ARRAY_TASK_MIN", "5"},
                                              {"SLURM_ARRAY_TASK_MAX", "9"},
                                              {"SLURM_ARRAY_TASK_COUNT", "5"}};
  EXPECT_EQ(in_environment(array), "3/5");
  array["SLURM_ARRAY_TASK_STEP"] = "2";
  array["SLURM_ARRAY_TASK_COUNT"] = "3";
  EXPECT_EQ(in_environment(array), "2/3");
  array["SLURM_ARRAY_TASK_COUNT"] = "2";
  EXPECT_THAT(in_environment(array), HasSubstr("some tasks of the array are missing"));
  EXPECT_THAT(in_environment({{"SLURM_ARRAY_TASK_ID", "7"}}), HasSubstr("is no shard"));
  EXPECT_EQ(in_environment({{"SLURM_ARRAY_TASK_ID", "x"}}), "SLURM_ARRAY_TASK_ID=x is no number");
}

TEST(ShardFromEnvironment, ReadsGoogleTestsProtocol) {
  EXPECT_EQ(in_environment({{"GTEST_SHARD_INDEX", "0"}, {"GTEST_TOTAL_SHARDS", "2"}}), "1/2");
  EXPECT_THAT(in_environment({{"GTEST_SHARD_INDEX", "2"}, {"GTEST_TOTAL_SHARDS", "2"}}),
              HasSubstr("there is no shard"));
  EXPECT_THAT(in_environment({{"GTEST_SHARD_INDEX", "0"}}), HasSubstr("only one of"));
}

}  // namespace
}  // namespace hybugs
