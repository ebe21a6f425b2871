// Another project finds an installed HyBugs, builds its own corpus and runs it.
#include <gmock/gmock.h>

#include <fstream>

#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class PackageTest : public CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    fs::copy(HYBUGS_SOURCE_DIR "/harness/testdata/external", project(), fs::copy_options::recursive);
    run({"cmake", "--install", HYBUGS_BINARY_DIR, "--prefix", prefix()});
  }

  std::string prefix() const { return (folder_ / "prefix").string(); }
  std::string project() const { return (folder_ / "project").string(); }
  std::string build() const { return (folder_ / "project-build").string(); }
  std::string cases() const { return project() + "/cases"; }

  static CommandOutput run(const std::vector<std::string>& arguments) {
    const auto output = run_command({arguments, {}, {}, "/", true}, 300);
    EXPECT_TRUE(output) << output.error().text();
    EXPECT_TRUE(output && output->ok()) << output->output;
    return output.value_or(CommandOutput{});
  }

  CommandOutput installed(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all = {prefix() + "/bin/hybugs", "--cases", cases(), "--build", build()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_command({all, {}, {}, folder_.string(), true}, 300).value_or(CommandOutput{});
  }
};

TEST_F(PackageTest, AnotherProjectKeepsAndRunsItsOwnCases) {
  // Of no concern to whoever doesn't run it.
  std::ofstream(cases() + "/private-batch-size/wrong_broken.cpp") << "no C++\n";
  run({"cmake", "-G", "Ninja", "-S", project(), "-B", build(), "-DCMAKE_PREFIX_PATH=" + prefix(),
       "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_COMPILER=" HYBUGS_CXX_COMPILER});
  run({"cmake", "--build", build(), "--target", "scenario"});
  EXPECT_EQ(run({build() + "/scenario"}).output, "[4, 3]\n[4, 3]\n[4, 3]\n[6, 3]\n[4, 3]\n");

  const auto output = installed({"run", "--output", output_folder()});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_THAT(output.output, AllOf(HasSubstr("private-batch-size"), HasSubstr("reproduced")));
  EXPECT_THAT(installed({"debug", "private-batch-size", "--variant", "fixed"}).output,
              HasSubstr("agrees with eager in every call"));
  EXPECT_THAT(installed({"debug", "private-batch-size", "--variant", "wrong_broken"}).output,
              HasSubstr("wrong_broken.cpp:1:1: error"));
  EXPECT_THAT(installed({"matrix"}).output, HasSubstr("source tree"));
  EXPECT_EQ(result_lines().size(), 1U);

  // What tasks need is a package of its own, and no headers but the SDK's are given away.
  EXPECT_FALSE(fs::exists(prefix() + "/flags"));
  EXPECT_FALSE(fs::exists(prefix() + "/include/harness/host"));
}

TEST_F(PackageTest, AFolderThatBuildsNothingIsSaid) {
  fs::create_directories(build());
  const auto output = installed({"run"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.output, HasSubstr("name one with --build, of a project that calls find_package(HyBugs)"));
}

}  // namespace
}  // namespace hybugs
