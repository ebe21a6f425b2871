#include "harness/exec/debian_root.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "harness/exec/spawn.h"
#include "harness/io/files.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(AptError, IsWhatAptOrMmdebstrapSays) {
  EXPECT_EQ(apt_error("Get:1 x\nE: Failed to fetch x\nE: Some index files failed\n"),
            "E: Failed to fetch x; E: Some index files failed");
  EXPECT_EQ(apt_error("I: start\nlast words\n\n"), "last words");
}

TEST(NetworkSettings, AreOnlyThoseOfNetworksAndDates) {
  EXPECT_THAT(network_settings("Acquire::http::Proxy \"http://proxy.example:3142\";\n"
                               "Acquire::Check-Date \"false\";\n"
                               "Acquire::AllowInsecureRepositories \"1\";\n"
                               "Acquire::Languages:: \"none\";\n"
                               "DPkg::Post-Invoke:: \"rm -rf /\";\n"),
              ElementsAre("Acquire::http::Proxy \"http://proxy.example:3142\";", "Acquire::Check-Date \"false\";"));
}

class DebianRootTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("hybugs-debian-root-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    plan_ = {"trixie", "file:///no/such/archive", {}, {"hello"}, folder_, folder_ / "downloads"};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write_program(const std::string& name, const std::string& script) const {
    std::ofstream(folder_ / name) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }

  fs::path folder_;
  DebianRootPlan plan_;
};

TEST_F(DebianRootTest, AMirrorThatIsNotThereIsSaidAndNothingIsLeftBehind) {
  const auto made = make_debian_root(plan_, [](const std::string&) {});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, HasSubstr("downloading the packages failed: E: "));
  EXPECT_THAT(made.error().text(), HasSubstr("create.log"));
  EXPECT_TRUE(fs::exists(folder_ / "create.log"));
  EXPECT_FALSE(fs::exists(folder_ / "root"));
}

TEST_F(DebianRootTest, NothingStaysMountedWhenMmdebstrapIsKilled) {
  if (!run_command({{"unshare", "--mount", "true"}, {}, {}, "/", true})->ok()) GTEST_SKIP() << "no mounts are allowed";
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (folder_.string() + ":" + path).c_str(), 1);
  write_program("apt-get", "exit 0");
  write_program("mmdebstrap", "mount -t tmpfs none " + folder_.string() + "/root.*\nkill -KILL $$");
  const auto made = make_debian_root(plan_, [](const std::string&) {});
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_FALSE(made);
  EXPECT_THAT(read_file("/proc/self/mounts").value(), Not(HasSubstr(folder_.string())));
}

}  // namespace
}  // namespace hybugs
