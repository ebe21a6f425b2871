#include "harness/exec/hashing.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>

namespace hybugs {
namespace {

namespace fs = std::filesystem;

TEST(Hash, IsSha256AndKeepsPiecesApart) {
  Hash one;
  one.add("a", "bc");
  Hash other;
  other.add("ab", "c");
  const std::string hex = one.hex();
  EXPECT_EQ(hex.size(), 64U);
  EXPECT_NE(hex, other.hex());
}

constexpr const char* kBuggy = "#include \"harness/sdk/program.h\"\n";

class KeyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("hybugs-key-" + std::to_string(::getpid()));
    fs::create_directories(root_ / "harness/sdk");
    fs::create_directories(root_ / "cases/x");
    write("harness/sdk/program.h", "sdk");
    write("cases/x/buggy.cpp", kBuggy);
    paths_.source = root_.string();
    paths_.build = root_.string();
    spec_.folder = (root_ / "cases/x").string();
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
  std::string key() const { return result_key(spec_, paths_, toolchain_, plan_, extra_); }

  fs::path root_;
  Paths paths_;
  CaseSpec spec_;
  Toolchain toolchain_;
  TrialPlan plan_;
  std::string extra_;
};

TEST_F(KeyTest, ChangesWithEverythingThatAResultDependsOn) {
  const std::string before = key();
  EXPECT_EQ(key(), before);
  const auto changes = [&](const char* what) { EXPECT_NE(key(), before) << what; };
  write("cases/x/buggy.cpp", "repaired");
  changes("case");
  write("cases/x/buggy.cpp", kBuggy);
  write("harness/sdk/program.h", "sdk 2");
  changes("sdk");
  write("harness/sdk/program.h", "sdk");
  EXPECT_EQ(key(), before);
  toolchain_.libtorch = "2.6.0";
  changes("libtorch");
  toolchain_.libtorch = "";
  toolchain_.libtorch_file = "/usr/lib/libtorch_cpu.so 1 2";
  changes("libtorch built again");
  toolchain_.libtorch_file = "";
  plan_.seeds = {7};
  changes("seeds");
  plan_ = TrialPlan{};
  plan_.repetitions = 2;
  changes("repetitions");
  plan_.repetitions = 1;
  extra_ = "no timing";
  changes("extra");
}

TEST_F(KeyTest, HashOfACaseSeesNewAndRenamedFiles) {
  const std::string before = hash_of_case(spec_, paths_);
  fs::rename(root_ / "cases/x/buggy.cpp", root_ / "cases/x/fixed.cpp");
  EXPECT_NE(hash_of_case(spec_, paths_), before);
  fs::rename(root_ / "cases/x/fixed.cpp", root_ / "cases/x/buggy.cpp");
  EXPECT_EQ(hash_of_case(spec_, paths_), before);
  write("cases/x/wrong_try.cpp", "");
  EXPECT_NE(hash_of_case(spec_, paths_), before);
}

TEST_F(KeyTest, HashOfACaseSeesTheHeadersThatItIncludesAndNoOthers) {
  write("cases/x/buggy.cpp", "#include \"harness/sdk/trace.h\"\n");
  write("harness/sdk/trace.h", "  # include \"harness/sdk/inner.h\"  // why\n#include \"harness/sdk/trace.h\"\n");
  write("harness/sdk/inner.h", "1");
  std::string before = hash_of_case(spec_, paths_);
  const auto changes = [&] { return std::exchange(before, hash_of_case(spec_, paths_)) != before; };
  EXPECT_FALSE(changes());
  write("harness/sdk/inner.h", "2");
  EXPECT_TRUE(changes());
  write("harness/sdk/other.h", "#pragma once");
  EXPECT_FALSE(changes());
}

TEST_F(KeyTest, HashOfACaseSeesWhatIsDeclaredAndNoTexts) {
  std::string before = hash_of_case(spec_, paths_);
  const auto changes = [&] { return std::exchange(before, hash_of_case(spec_, paths_)) != before; };
  spec_.story = "Told better";
  spec_.hints = {"Look"};
  spec_.expect = {{"<2.0", Verdict::not_reproduced, "fixed"}};
  EXPECT_FALSE(changes());
  spec_.failure.call = 3;
  EXPECT_TRUE(changes());
  spec_.fix.free_operators = true;
  EXPECT_TRUE(changes());
}

TEST_F(KeyTest, AResultDependsOnTheTextsThatItIsShownWith) {
  const std::string before = key();
  write("cases/x/case.yaml", "story: Told better");
  EXPECT_NE(key(), before);
}

}  // namespace
}  // namespace hybugs
