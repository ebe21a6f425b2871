#include "harness/exec/debian_root.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

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
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(DebianRootTest, AMirrorThatIsNotThereIsSaidAndNothingIsLeftBehind) {
  const DebianRootPlan plan{"trixie", "file:///no/such/archive", {}, {"hello"}, folder_, folder_ / "downloads"};
  const auto made = make_debian_root(plan, [](const std::string&) {});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, HasSubstr("downloading the packages failed: E: "));
  EXPECT_THAT(made.error().text(), HasSubstr("create.log"));
  EXPECT_TRUE(fs::exists(folder_ / "create.log"));
  EXPECT_FALSE(fs::exists(folder_ / "root"));
}

}  // namespace
}  // namespace hybugs
