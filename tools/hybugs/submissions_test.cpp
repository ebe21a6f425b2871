#include "tools/hybugs/submissions.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <zip.h>

#include <filesystem>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

bool is_case(const std::string& id) {
  return id == "one" || id == "two";
}

Submission read(const std::string& path) {
  return read_submission(path, is_case);
}

void pack(const std::string& path, const std::vector<std::pair<std::string, std::string>>& files) {
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, text] : files) {
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    ASSERT_GE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8), 0);
  }
  ASSERT_EQ(zip_close(archive), 0);
}

TEST(ReadSubmission, TakesTheProgramsOfAFolder) {
  const TestFolder folder;
  folder.write("Zoë Müller/one/hybrid.cpp", "1");
  folder.write("Zoë Müller/one/program.h", "not read");
  folder.write("Zoë Müller/two/hybrid.cpp", "2");
  const Submission submission = read(folder.file("Zoë Müller/"));
  EXPECT_EQ(submission.student, "Zoë Müller");
  EXPECT_EQ(submission.problem, "");
  EXPECT_THAT(submission.files, ElementsAre(Pair("one", "1"), Pair("two", "2")));
}

TEST(ReadSubmission, TakesThemFromAFolderWithinAndFromAZipFile) {
  const TestFolder folder;
  folder.write("alice/my answers/one/hybrid.cpp", "1");
  EXPECT_THAT(read(folder.file("alice")).files, ElementsAre(Pair("one", "1")));
  pack(folder.file("bob b.zip"), {{"x/y/one/hybrid.cpp", "1"}, {"__MACOSX/x/y/one/hybrid.cpp", "shadow"}});
  const Submission zipped = read(folder.file("bob b.zip"));
  EXPECT_EQ(zipped.student, "bob b");
  EXPECT_EQ(zipped.problem, "");
  EXPECT_THAT(zipped.files, ElementsAre(Pair("one", "1")));
}

TEST(ReadSubmission, SaysWhatIsNoCase) {
  const TestFolder folder;
  folder.write("alice/one/hybrid.cpp", "1");
  folder.write("alice/three/hybrid.cpp", "3");
  const Submission submission = read(folder.file("alice"));
  EXPECT_EQ(submission.problem, "");
  EXPECT_EQ(submission.note, "no such case: three");
}

TEST(ReadSubmission, SaysWhyItCantBeRead) {
  const TestFolder folder;
  folder.write("empty/notes.txt", "");
  folder.write("twice/a/one/hybrid.cpp", "");
  folder.write("twice/b/one/hybrid.cpp", "");
  folder.write("large/one/hybrid.cpp", std::string((1 << 20) + 1, ' '));
  folder.write("broken.zip", "no zip");
  folder.write("secret", "secret");
  fs::create_directories(folder.file("link/one"));
  fs::create_symlink(folder.file("secret"), folder.file("link/one/hybrid.cpp"));
  fs::create_directories(folder.file("pipe/one"));
  ASSERT_EQ(::mkfifo(folder.file("pipe/one/hybrid.cpp").c_str(), 0600), 0);
  pack(folder.file("up.zip"), {{"../one/hybrid.cpp", ""}});
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"empty", "has no file ID/hybrid.cpp"},
      {"twice", "has one twice, the second time as b/one/hybrid.cpp"},
      {"large", "has more than"},
      {"broken.zip", "can't be read as a zip file"},
      {"link", "'one/hybrid.cpp' is a link"},
      {"pipe", "'one/hybrid.cpp' is no file"},
      {"up.zip", "leads out of the archive"},
      {"missing", "is not there"}};
  for (const auto& [name, problem] : expected) {
    const Submission submission = read(folder.file(name));
    EXPECT_THAT(submission.problem, HasSubstr(problem)) << name;
    EXPECT_THAT(submission.files, IsEmpty()) << name;
  }
}

TEST(ReadSubmission, FollowsNoLinksBetweenFolders) {
  const TestFolder folder;
  folder.write("bob/one/hybrid.cpp", "bob's");
  folder.write("alice/two/hybrid.cpp", "2");
  fs::create_symlink(folder.file("bob"), folder.file("alice/borrowed"));
  fs::create_symlink(folder.file("alice"), folder.file("alice/loop"));
  EXPECT_THAT(read(folder.file("alice")).files, ElementsAre(Pair("two", "2")));
}

TEST(KeepNewest, TheNewerOfTwoCountsAndOfEqualsTheLater) {
  const auto submission = [](const std::string& student, const std::string& path, std::int64_t time) {
    return Submission{student, path, time, {{"one", "1"}}, "", ""};
  };
  std::vector<Submission> all = {submission("alice", "a/alice", 20), submission("alice", "b/alice.zip", 10),
                                 submission("bob", "a/bob", 5),      submission("carl", "a/carl", 5),
                                 submission("carl", "b/carl", 5),    submission("alice", "c/alice", 30)};
  keep_newest(all);
  EXPECT_THAT(all[0].problem, HasSubstr("the newer one counts: c/alice"));
  EXPECT_THAT(all[1].problem, HasSubstr("the newer one counts: a/alice"));
  EXPECT_EQ(all[2].problem, "");
  EXPECT_THAT(all[3].problem, HasSubstr("b/carl"));
  EXPECT_EQ(all[4].problem, "");
  EXPECT_EQ(all[5].problem, "");
  EXPECT_THAT(all[0].files, IsEmpty());
}

}  // namespace
}  // namespace hybugs
