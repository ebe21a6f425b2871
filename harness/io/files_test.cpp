#include "harness/io/files.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A disk that is full after `size` bytes of a file, as far as this process can tell.
class FullDisk {
 public:
  explicit FullDisk(rlim_t size) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {size, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_ = {};
  void (*handler_)(int);
};

TEST(WriteFile, ReplacesTheFileAndLeavesNothingBeside) {
  const TestFolder folder;
  folder.write("a", "old and longer");
  ASSERT_TRUE(write_file(folder.file("a"), std::string("new\0\xff", 5)));
  EXPECT_EQ(folder.read("a"), std::string("new\0\xff", 5));
  EXPECT_THAT(*list_folder(folder.path()), ElementsAre("a"));
}

TEST(WriteFile, IsReadableAsTheUserWantsIt) {
  const TestFolder folder;
  const mode_t before = ::umask(0027);
  ASSERT_TRUE(write_file(folder.file("a"), "text"));
  ::umask(before);
  struct stat status = {};
  ::stat(folder.file("a").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST(WriteFile, AFullDiskLeavesTheOldFile) {
  const TestFolder folder;
  folder.write("a", "old");
  Result<void> written;
  {
    const FullDisk full(10);
    written = write_file(folder.file("a"), "longer than ten bytes");
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().file, folder.file("a"));
  EXPECT_THAT(written.error().message, HasSubstr("cannot write: "));
  EXPECT_THAT(written.error().hint, HasSubstr("free some space"));
  EXPECT_EQ(folder.read("a"), "old");
  EXPECT_THAT(*list_folder(folder.path()), ElementsAre("a"));
}

TEST(WriteFile, WritesToDevicesAndPipesInsteadOfReplacingThem) {
  EXPECT_TRUE(write_file("/dev/null", "text"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  const Result<void> written = write_file("/dev/full", "text");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().text(), HasSubstr("/dev/full: cannot write: No space left on device, free some space"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
}

TEST(WriteFile, AFolderInTheWayIsAnError) {
  const TestFolder folder;
  EXPECT_FALSE(write_file(folder.path(), "text"));
}

TEST(WriteFile, SaysWhatToDoWhereItMayNotWrite) {
  const TestFolder folder;
  folder.write("file", "");
  const Result<void> written = write_file(folder.file("file/a"), "text");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().text(), HasSubstr("file/a: cannot write: Not a directory, choose another place"));
}

TEST(ReadFile, ReturnsAllBytes) {
  const TestFolder folder;
  const std::string text(200000, 'x');
  folder.write("a", text + std::string("\0\r\n", 3));
  EXPECT_EQ(*read_file(folder.file("a")), text + std::string("\0\r\n", 3));
  folder.write("empty", "");
  EXPECT_EQ(*read_file(folder.file("empty")), "");
}

TEST(ReadFile, MissingFilesAndFoldersAreErrors) {
  const TestFolder folder;
  const Result<std::string> missing = read_file(folder.file("a"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().text(), folder.file("a") + ": cannot read: No such file or directory, check the path");
  EXPECT_FALSE(read_file(folder.path()));
  EXPECT_FALSE(read_file("/dev/zero"));  // would never end
}

TEST(ListFolder, IsSorted) {
  const TestFolder folder;
  for (const char* name : {"b", "a", ".c", "B"}) folder.write(name, "");
  EXPECT_THAT(*list_folder(folder.path()), ElementsAre(".c", "B", "a", "b"));
}

TEST(ListFolder, MissingFoldersAreErrors) {
  const TestFolder folder;
  const auto names = list_folder(folder.file("a"));
  ASSERT_FALSE(names);
  EXPECT_THAT(names.error().text(), HasSubstr("a: cannot read the folder: No such file or directory"));
}

TEST(MakeFolder, MakesParentsAndAcceptsWhatIsThere) {
  const TestFolder folder;
  EXPECT_TRUE(make_folder(folder.file("a/b/c")));
  EXPECT_TRUE(make_folder(folder.file("a/b/c")));
  EXPECT_TRUE(std::filesystem::is_directory(folder.file("a/b/c")));
}

TEST(MakeFolder, AFileInTheWayIsAnError) {
  const TestFolder folder;
  folder.write("file", "");
  for (const char* name : {"file", "file/a"}) {
    const Result<void> made = make_folder(folder.file(name));
    ASSERT_FALSE(made) << name;
    EXPECT_THAT(made.error().text(), HasSubstr("cannot create the folder: Not a directory, choose another place"))
        << name;
  }
}

TEST(AbsoluteFolder, HasNoDotsAndNoSlashAtTheEnd) {
  EXPECT_EQ(absolute_folder("/a/b/"), "/a/b");
  EXPECT_EQ(absolute_folder("/a/./c/../b/."), "/a/b");
  EXPECT_EQ(absolute_folder("/"), "/");
  EXPECT_EQ(absolute_folder("a"), std::filesystem::current_path() / "a");
}

}  // namespace
}  // namespace hybugs
