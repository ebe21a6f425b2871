#include "harness/io/shard_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ShardManifest example() {
  ShardManifest manifest;
  manifest.kind = "evaluate";
  manifest.shard = {2, 3};
  manifest.corpus = "c0";
  manifest.work = "a1";
  manifest.items_in_all = 7;
  manifest.settings = {{"seeds", {0, 1}}, {"sandbox", "namespaces"}};
  manifest.items = {"3 x gold", "4 x stock"};
  return manifest;
}

TEST(ShardManifest, IsReadAsItWasWritten) {
  const TestFolder folder;
  ASSERT_TRUE(write_shard_manifest(folder.file("part"), example()));
  const auto read = read_shard_manifest(folder.file("part"));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(difference_of(*read, example()), "");
  EXPECT_EQ(read->shard.index, 2);
  EXPECT_EQ(read->items_in_all, 7U);
  EXPECT_THAT(read->items, ElementsAre("3 x gold", "4 x stock"));
}

TEST(ShardManifest, SaysWhatAFolderIsNot) {
  const TestFolder folder;
  EXPECT_THAT(read_shard_manifest(folder.path()).error().message, HasSubstr("is no results folder of a shard"));
  folder.write("shard.json", R"({"schema": 99})");
  EXPECT_EQ(read_shard_manifest(folder.path()).error().message, "of schema 99, this version reads 1");
  folder.write("shard.json", R"({"schema": 1, "kind": "ru)");
  EXPECT_THAT(read_shard_manifest(folder.path()).error().message, HasSubstr("of schema null"));
  folder.write("shard.json", R"({"schema": 1, "kind": "run"})");
  EXPECT_EQ(read_shard_manifest(folder.path()).error().message, "no shard: missing 'shard'");
}

TEST(ShardManifest, PartsOfOneWholeDifferInTheirIndexAndItemsOnly) {
  ShardManifest other = example();
  other.shard.index = 1;
  other.items = {"1 w gold"};
  EXPECT_EQ(difference_of(example(), other), "");
}

TEST(ShardManifest, NamesTheDifference) {
  const auto after = [](auto change) {
    ShardManifest other = example();
    change(other);
    return difference_of(example(), other);
  };
  EXPECT_EQ(after([](auto& other) { other.kind = "run"; }), "command (evaluate and run)");
  EXPECT_EQ(after([](auto& other) { other.corpus = "c1"; }), "corpus");
  EXPECT_EQ(after([](auto& other) { other.shard.count = 4; }), "number of shards (3 and 4)");
  EXPECT_EQ(after([](auto& other) { other.work = "b2"; }), "predictions");
  EXPECT_EQ(after([](auto& other) { other.settings["seeds"] = {0, 2}; }), "seeds ([0,1] and [0,2])");
  EXPECT_EQ(after([](auto& other) { other.settings["sandbox"] = "weak"; }), "sandbox (\"namespaces\" and \"weak\")");
}

}  // namespace
}  // namespace hybugs
