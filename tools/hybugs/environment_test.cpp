// env, matrix and compare as black boxes, without making a root file system.
#include <gmock/gmock.h>

#include "harness/exec/sandbox.h"
#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class EnvironmentTest : public CliTest {
 protected:
  std::string place() const { return (folder_ / "environments").string(); }

  CommandOutput env(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "env");
    arguments.insert(arguments.end(), {"--dir", place()});
    return hybugs(arguments);
  }

  void write_unpacked(const std::string& symbols) const {
    write("libtorch/share/cmake/Torch/TorchConfigVersion.cmake", "set(PACKAGE_VERSION \"2.3.1\")\n");
    write("libtorch/lib/libc10.so", symbols);
  }
};

TEST_F(EnvironmentTest, AnUnknownReleaseIsSaidWithWhatThereIs) {
  const auto output = env({"create", "trixi"});
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, AllOf(HasSubstr("did you mean 'trixie'?"), HasSubstr("env add NAME --libtorch PATH")));
  EXPECT_FALSE(fs::exists(place() + "/trixi"));
}

TEST_F(EnvironmentTest, WithoutNetworkWhatFailedIsSaidAndCanGoOn) {
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no namespaces on this machine";
  if (!run_command({{"mmdebstrap", "--version"}, {}, {}, "/", true})) GTEST_SKIP() << "no mmdebstrap on this machine";
  const auto output = env({"create", "trixie", "--mirror", "file:///no/such/archive"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.output, AllOf(HasSubstr("GB"), HasSubstr("downloading the packages failed: E: "),
                                   HasSubstr("create.log"), HasSubstr("goes on from here")));
  const auto list = env({"list"});
  EXPECT_THAT(list.output, AllOf(HasSubstr("not finished"), HasSubstr("go on: hybugs env create trixie")));
  EXPECT_THAT(hybugs({"--env", place() + "/trixie", "list"}).output, HasSubstr("not finished"));
  EXPECT_EQ(env({"remove", "trixie"}).status, 0);
  EXPECT_FALSE(fs::exists(place() + "/trixie"));
}

TEST_F(EnvironmentTest, WithoutRoomThatIsSaidBeforeTheWork) {
  if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no namespaces on this machine";
  const auto output = run_command({{"bwrap", "--dev-bind", "/", "/", "--size", "1000000", "--tmpfs", folder_.string(),
                                    HYBUGS_BINARY, "env", "create", "trixie", "--dir", place()},
                                   {},
                                   {},
                                   "/",
                                   true},
                                  60);
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 3) << output->output;
  EXPECT_THAT(output->output, AllOf(HasSubstr("GB are needed"), HasSubstr("--dir")));
}

TEST_F(EnvironmentTest, AUserWithoutSubordinateIdsIsToldHowToGetThem) {
  const auto as_user = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"});
    return run_command({arguments, {}, {}, "/", true}, 60).value();
  };
  if (!as_user({"test", "-x", HYBUGS_BINARY}).ok())
    GTEST_SKIP() << "not root, or others can't start what is built here";
  if (!as_user({"bwrap", "--ro-bind", "/", "/", "--unshare-pid", "true"}).ok())
    GTEST_SKIP() << "no namespaces for users";
  fs::permissions(folder_, fs::perms::all);
  const auto output = as_user({HYBUGS_BINARY, "env", "create", "trixie", "--dir", place()});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.output, AllOf(HasSubstr("needs subordinate ids: "), HasSubstr("usermod --add-subuids")));
}

TEST_F(EnvironmentTest, AnUnpackedLibTorchOfAnotherAbiIsRefused) {
  write_unpacked("_ZN3c105ErrorC1ENS_14SourceLocationESs");
  const auto output = env({"add", "old", "--libtorch", (folder_ / "libtorch").string()});
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, HasSubstr("built with another C++ ABI"));
  EXPECT_FALSE(fs::exists(place() + "/old"));
}

TEST_F(EnvironmentTest, AnUnpackedLibTorchIsListedAndRemoved) {
  write_unpacked("NSt7__cxx1112basic_stringE");
  const auto added = env({"add", "nightly", "--libtorch", (folder_ / "libtorch").string()});
  EXPECT_EQ(added.status, 0) << added.output;
  const json list = json::parse(env({"list", "--json"}).output);
  ASSERT_EQ(list["environments"].size(), 1U);
  EXPECT_EQ(list["environments"][0]["libtorch"], "2.3.1");
  EXPECT_EQ(env({"add", "host", "--libtorch", (folder_ / "libtorch").string()}).status, 2);
  EXPECT_EQ(env({"remove", "nightly"}).status, 0);
  EXPECT_EQ(env({"remove", "nightly"}).status, 2);
  EXPECT_TRUE(fs::exists(folder_ / "libtorch/lib/libc10.so"));
}

TEST_F(EnvironmentTest, TheMatrixNamesEnvironmentsThatAreNotThere) {
  const auto output = miniature({"matrix", "mini-exception", "-e", "host", "-e", "forky", "--dir", place()});
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, AllOf(HasSubstr("make it: hybugs env create forky"), Not(HasSubstr("reproduced"))));
}

TEST_F(EnvironmentTest, AMatrixOfThisSystemAloneKeepsWhatIsUnchanged) {
  const std::vector<std::string> command = {"matrix", "mini-exception", "mini-does-not-compile", "-e",
                                            "host",   "--output",       output_folder()};
  const auto output = miniature(command);
  EXPECT_EQ(output.status, 1) << output.output;  // one of them doesn't compile, and doesn't expect that
  EXPECT_THAT(output.output, AllOf(HasSubstr("✗ invalid"), HasSubstr("does not compile"), HasSubstr("reproduced")));
  for (const char* name : {"matrix.json", "matrix.md", "junit.xml", "host/results.jsonl"}) {
    EXPECT_TRUE(fs::exists(output_folder() + "/" + name)) << name;
  }
  EXPECT_THAT(miniature(command).output, HasSubstr("(unchanged)"));
  auto fresh = command;
  fresh.emplace_back("--fresh");
  EXPECT_THAT(miniature(fresh).output, Not(HasSubstr("(unchanged)")));
}

TEST_F(EnvironmentTest, CompareFailsForAnUnexpectedChangeOnly) {
  const std::string one = (folder_ / "one").string();
  const std::string two = (folder_ / "two").string();
  EXPECT_EQ(miniature({"run", "mini-exception", "--seeds", "1", "--output", one}).status, 0);
  EXPECT_EQ(miniature({"run", "mini-exception", "mini-not-reproduced", "--seeds", "1", "--output", two}).status, 1);
  const auto same = hybugs({"compare", one, one + "/report.json"});
  EXPECT_EQ(same.status, 0) << same.output;
  EXPECT_THAT(same.output, HasSubstr("1 case compared: nothing changed"));
  const auto more = hybugs({"compare", one, two, "--json"});
  EXPECT_EQ(more.status, 1) << more.output;
  const json report = json::parse(more.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << more.output;
  EXPECT_EQ(report["changes"][0]["change"], "new");
  EXPECT_EQ(hybugs({"compare", two, one}).status, 0);              // gone is no failure
  EXPECT_EQ(hybugs({"compare", two, one, "--strict"}).status, 1);  // unless one asks
  write("cut/report.json", "{\"schema\": 2, \"context\": {");
  const auto cut = hybugs({"compare", one, (folder_ / "cut").string()});
  EXPECT_EQ(cut.status, 2);
  EXPECT_THAT(cut.output, HasSubstr("cut off"));
}

TEST_F(EnvironmentTest, EachHasHelpWithAnExample) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{"env"},
                                                  {"env", "create"},
                                                  {"env", "add"},
                                                  {"env", "list"},
                                                  {"env", "remove"},
                                                  {"matrix"},
                                                  {"compare"}}) {
    auto help = command;
    help.emplace_back("--help");
    const auto output = hybugs(help);
    EXPECT_EQ(output.status, 0);
    EXPECT_THAT(output.output, HasSubstr("hybugs " + command[0]));
  }
}

}  // namespace
}  // namespace hybugs
