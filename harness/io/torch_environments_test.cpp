#include "harness/io/torch_environments.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Environments, ComeBackAsTheyWereWritten) {
  const TestFolder folder;
  folder.write("trixie/x", "");
  folder.write("broken/environment.json", "{\"schema\": 1, \"name\"");
  folder.write("half-made/root.17/etc/passwd", "");
  folder.write("half-made/lock", "");
  folder.write("something-else/file", "");
  TorchEnvironment written{"trixie", folder.file("trixie"), "", "2.6.0", "Debian 13", "abc", "2024-01-02T03:04:05Z"};
  ASSERT_TRUE(write_environment(written));
  const auto read = read_environment(folder.file("trixie"));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->libtorch, "2.6.0");
  EXPECT_EQ(read->root(), folder.file("trixie/root"));
  EXPECT_EQ(read->date, written.date);

  const TorchEnvironments listed = list_environments(folder.path());
  ASSERT_EQ(listed.all.size(), 1U);
  EXPECT_EQ(listed.all[0].name, "trixie");
  ASSERT_EQ(listed.errors.size(), 2U);
  EXPECT_THAT(listed.errors[0].text(), HasSubstr("hybugs env remove broken"));
  EXPECT_THAT(listed.errors[1].text(), HasSubstr("go on: hybugs env create half-made --dir " + folder.path()));
}

TEST(Environments, AreSortedByTheirLibTorch) {
  const TestFolder folder;
  for (const auto& [name, version] : {std::pair{"a", "2.14.1"}, {"b", "2.6.0"}, {"c", "1.13.1"}}) {
    folder.write(std::string(name) + "/x", "");
    TorchEnvironment environment;
    environment.name = name;
    environment.folder = folder.file(name);
    environment.libtorch = version;
    ASSERT_TRUE(write_environment(environment));
  }
  std::string names;
  for (const TorchEnvironment& environment : list_environments(folder.path()).all) names += environment.name;
  EXPECT_EQ(names, "cba");
}

TEST(Environments, AMissingOneIsSaidWithWhatMakesIt) {
  const TestFolder folder;
  EXPECT_THAT(read_environment(folder.file("forky")).error().text(),
              HasSubstr("make it: hybugs env create forky --dir " + folder.path()));
  EXPECT_THAT(read_environment(folder.file("nightly")).error().text(), HasSubstr("`hybugs env list` shows"));
}

TEST(Environments, TheUsualPlaceNeedNotBeNamed) {
  const TestFolder folder;
  ::setenv("HYBUGS_ENV_DIR", folder.path().c_str(), 1);
  const std::string text = read_environment(folder.file("forky")).error().text();
  ::unsetenv("HYBUGS_ENV_DIR");
  EXPECT_THAT(text, AllOf(HasSubstr("make it: hybugs env create forky"), Not(HasSubstr("--dir"))));
}

TEST(UnpackedLibTorch, HasAVersionAndThisSystemsAbi) {
  const TestFolder folder;
  EXPECT_THAT(read_unpacked_libtorch(folder.path()).error().message, HasSubstr("no unpacked LibTorch"));
  folder.write("share/cmake/Torch/TorchConfigVersion.cmake", "set(PACKAGE_VERSION \"2.3.1\")\n");
  folder.write("lib/libc10.so", "_ZN3c105ErrorC1ENS_14SourceLocationESs");
  EXPECT_THAT(read_unpacked_libtorch(folder.path()).error().text(), HasSubstr("_GLIBCXX_USE_CXX11_ABI=0"));
  folder.write("lib/libc10.so", "_ZN3c105ErrorC1ENS_14SourceLocationENSt7__cxx1112basic_stringE");
  EXPECT_EQ(read_unpacked_libtorch(folder.path()).value(), "2.3.1");
}

}  // namespace
}  // namespace hybugs
