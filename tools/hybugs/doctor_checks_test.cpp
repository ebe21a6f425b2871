#include "tools/hybugs/doctor_checks.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::HasSubstr;
using State = Check::State;

const Tool* tool_named(const std::vector<Tool>& tools, const std::string& name) {
  for (const Tool& tool : tools) {
    if (tool.name == name) return &tool;
  }
  return nullptr;
}

struct Configured {
  const char* compiler;
  const char* linker_flags;
  const char* compiler_package;
  const char* linker;
};

class ToolsOf : public testing::TestWithParam<Configured> {};

TEST_P(ToolsOf, AreThoseOfTheBuild) {
  const std::vector<Tool> tools = tools_of(GetParam().compiler, "/usr/bin/ninja", GetParam().linker_flags);
  EXPECT_EQ(tool_named(tools, "compiler")->package, GetParam().compiler_package);
  EXPECT_EQ(tool_named(tools, "linker")->program, GetParam().linker);
  EXPECT_EQ(tool_named(tools, "Ninja")->program, "/usr/bin/ninja");
}

INSTANTIATE_TEST_SUITE_P(Builds, ToolsOf,
                         testing::Values(Configured{"/usr/bin/clang++", "-fuse-ld=mold", "clang", "mold"},
                                         Configured{"/usr/bin/g++-12", "", "g++", "ld"},
                                         Configured{"clang++-19", "-Wl,-s -fuse-ld=lld", "clang", "ld.lld"},
                                         Configured{"", "", "clang", "ld"}));  // not configured yet

TEST(ToolCheck, SaysTheVersion) {
  const Tool tool{"linker", "mold", "mold", State::missing, "links"};
  const Check check = tool_check(tool, CommandOutput{0, "mold 1.10.1\nmore\n", false});
  EXPECT_EQ(check.state, State::ok);
  EXPECT_EQ(check.detail, "mold 1.10.1 (mold)");
  EXPECT_EQ(check.package, "");
}

TEST(ToolCheck, NamesThePackageOfWhatIsNotThereOrBroken) {
  const Tool tool{"linker", "mold", "mold-package", State::warning, "links"};
  const Check absent = tool_check(tool, Unexpected(Error{"", 0, "cannot start", ""}));
  EXPECT_EQ(absent.state, State::warning);
  EXPECT_EQ(absent.detail, "mold: not found; links");
  EXPECT_EQ(absent.package, "mold-package");
  const Check broken = tool_check(tool, CommandOutput{127, "no libfoo.so\n", false});
  EXPECT_EQ(broken.detail, "mold: does not run, no libfoo.so; links");
  EXPECT_EQ(broken.package, "mold-package");
}

struct Blas {
  const char* library;
  const char* threads;
  State state;
  const char* package;
};

class BlasCheck : public testing::TestWithParam<Blas> {};

TEST_P(BlasCheck, KnowsSlowAndUnpinnedLibraries) {
  const Check check = blas_check(GetParam().library, GetParam().threads);
  EXPECT_EQ(check.state, GetParam().state) << check.detail;
  EXPECT_EQ(check.package, GetParam().package);
}

INSTANTIATE_TEST_SUITE_P(
    Libraries, BlasCheck,
    testing::Values(
        Blas{"/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3 (OpenBLAS 0.3.21)", "1", State::ok, ""},
        Blas{"/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3", "8", State::warning, ""},
        Blas{"/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0", "unknown", State::warning, "libopenblas0-pthread"},
        Blas{"/opt/mkl/libmkl_rt.so.2", "unknown", State::ok, ""}, Blas{"", "unknown", State::ok, ""}));

TEST(SandboxCheck, SaysWhyThereAreNoNamespaces) {
  EXPECT_EQ(sandbox_check({Sandbox::Level::namespaces, ""}).state, State::ok);
  const Check check = sandbox_check({Sandbox::Level::subreaper, "no permission"});
  EXPECT_EQ(check.state, State::warning);
  EXPECT_THAT(check.detail, HasSubstr("no permission"));
}

TEST(AptLine, NamesEachPackageOnce) {
  const std::vector<Check> checks = {{"a", State::missing, "", "", "mold"},
                                     {"b", State::ok, "", "", ""},
                                     {"c", State::warning, "", "", "gdb"},
                                     {"d", State::missing, "", "", "mold"}};
  EXPECT_EQ(apt_line(checks, false), "sudo apt-get install --no-install-recommends gdb mold");
  EXPECT_EQ(apt_line(checks, true), "apt-get install --no-install-recommends gdb mold");
  EXPECT_EQ(apt_line({checks[1]}, true), "");
}

TEST(AnyMissing, IgnoresWarnings) {
  EXPECT_FALSE(any_missing({{"a", State::ok, "", "", ""}, {"b", State::warning, "", "", ""}}));
  EXPECT_TRUE(any_missing({{"a", State::ok, "", "", ""}, {"b", State::missing, "", "", ""}}));
}

}  // namespace
}  // namespace hybugs
