#include "harness/exec/root_system.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "harness/exec/sandbox.h"
#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RootSystemTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("hybugs-root-" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "readable");
    fs::create_directories(folder_ / "writable");
  }
  void TearDown() override { fs::remove_all(folder_); }

  // This system's own files as a root file system.
  RootSystem own_system() const { return {"/", {folder_ / "readable"}, {folder_ / "writable"}}; }

  CommandOutput shell(const std::string& script) const {
    const auto output =
        run_command({enter(own_system(), {"sh", "-c", script}, {{"GIVEN", "42"}}), {{"OURS", "1"}}, {}, "/", true}, 60);
    EXPECT_TRUE(output);
    return output.value_or(CommandOutput{});
  }

  void setting(const std::string& name, const std::string& value) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << value << "\n";
  }

  fs::path folder_;
};

TEST_F(RootSystemTest, ThisSystemIsEnteredByDoingNothing) {
  EXPECT_THAT(enter({}, {"true"}, {}), testing::ElementsAre("true"));
}

TEST_F(RootSystemTest, OnlyNamedFoldersAreThereAndOnlySomeCanBeWritten) {
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no namespaces on this machine";
  const std::string here = folder_.string();
  EXPECT_TRUE(shell("echo 1 > " + here + "/writable/file").ok());
  EXPECT_TRUE(fs::exists(folder_ / "writable/file"));
  EXPECT_FALSE(shell("echo 1 > " + here + "/readable/file").ok());
  EXPECT_FALSE(shell("echo 1 > /usr/hybugs-test").ok());
  EXPECT_TRUE(shell("echo 1 > /tmp/file").ok());
  EXPECT_EQ(shell("ls " + here).output, "readable\nwritable\n");
  EXPECT_FALSE(shell("test -e /root -o -e /home -o -e /opt").ok());
}

TEST_F(RootSystemTest, NoVariableOfOursIsThere) {
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no namespaces on this machine";
  EXPECT_EQ(shell("echo $GIVEN-$OURS").output, "42-\n");
}

TEST_F(RootSystemTest, TheSettingThatForbidsNamespacesIsNamed) {
  const std::string here = folder_.string();
  EXPECT_THAT(namespace_advice(here), HasSubstr("seccomp"));
  setting("kernel/apparmor_restrict_unprivileged_userns", "1");
  EXPECT_THAT(namespace_advice(here), HasSubstr("apparmor_restrict_unprivileged_userns=0"));
  setting("kernel/unprivileged_userns_clone", "0");
  EXPECT_THAT(namespace_advice(here), HasSubstr("unprivileged_userns_clone=1"));
  setting("user/max_user_namespaces", "0");
  EXPECT_THAT(namespace_advice(here), HasSubstr("max_user_namespaces=10000"));
}

}  // namespace
}  // namespace hybugs
