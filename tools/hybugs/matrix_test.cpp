// The matrix with one real environment: LibTorch 2.6.0 of Debian 13 beside this system's.
#include <gmock/gmock.h>

#include "harness/exec/sandbox.h"
#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using testing::HasSubstr;

class MatrixTest : public CliTest {
 protected:
  // The environment stays in the user's cache folder: it is made once.
  void SetUp() override {
    CliTest::SetUp();
    if (probe_sandbox().level != Sandbox::Level::namespaces) GTEST_SKIP() << "no user namespaces on this machine";
    const auto made = run_command(command({"env", "create", "trixie"}), 1200);
    ASSERT_TRUE(made) << made.error().text();
    if (made->output.find("downloading the packages failed") != std::string::npos) GTEST_SKIP() << made->output;
    ASSERT_TRUE(made->ok()) << made->output;
  }

  CommandOutput run(const std::vector<std::string>& arguments) const {
    return run_command(command(arguments), 1200).value_or(CommandOutput{});
  }
};

TEST_F(MatrixTest, EveryCellIsWhatItsCaseExpects) {
  const std::vector<std::string> matrix = {"matrix", "pt-51154", "igr-32cc7eb", "gpflow-b65848a", "-e",         "host",
                                           "-e",     "trixie",   "--output",    output_folder(),  "--reporter", "json"};
  const auto output = run(matrix);
  EXPECT_EQ(output.status, 0) << output.output;
  std::ifstream file(output_folder() + "/matrix.json");
  const json report = json::parse(file, nullptr, false);
  ASSERT_TRUE(report.is_object());
  ASSERT_EQ(report["environments"].size(), 2U);
  const json& trixie = report["environments"][1];
  EXPECT_EQ(trixie["context"]["libtorch"], "2.6.0");
  EXPECT_THAT(trixie["context"]["system"].get<std::string>(), HasSubstr("trixie"));
  EXPECT_EQ(trixie["results"].size(), 3U);
  for (const json& result : trixie["results"]) EXPECT_EQ(result["verdict"], result["expected"]) << result["id"];

  const auto again = run(matrix);
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("(unchanged)"));
  const auto compared = run({"compare", output_folder() + "/host", output_folder() + "/trixie"});
  EXPECT_EQ(compared.status, 0) << compared.output;
  EXPECT_THAT(compared.output, HasSubstr("LibTorch: "));
}

}  // namespace
}  // namespace hybugs
