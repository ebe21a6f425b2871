#include "harness/io/zip_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <zip.h>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

struct Packed {
  std::string name;
  std::string text;
  bool link = false;
};

std::string pack(const TestFolder& folder, const std::vector<Packed>& files) {
  const std::string path = folder.file("archive.zip");
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  EXPECT_NE(archive, nullptr);
  for (const Packed& file : files) {
    zip_source_t* source = zip_source_buffer(archive, file.text.data(), file.text.size(), 0);
    const auto index = zip_file_add(archive, file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    EXPECT_GE(index, 0) << file.name;
    const zip_uint32_t mode = (file.link ? S_IFLNK : S_IFREG) | 0644;
    zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX, mode << 16);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return path;
}

bool everything(const std::string&) {
  return true;
}

std::string refusal(const TestFolder& folder, const std::vector<Packed>& files, const ZipLimits& limits = {}) {
  const auto read = read_zip(pack(folder, files), everything, limits);
  return read ? "" : read.error().message;
}

TEST(ReadZip, GivesTheFilesThatAreWanted) {
  const TestFolder folder;
  const std::string path = pack(folder, {{"a/hybrid.cpp", "int x;"}, {"a/other", "?"}, {"Zoë Müller/hybrid.cpp", ""}});
  const auto read = read_zip(path, [](const std::string& name) { return name.find("hybrid") != std::string::npos; });
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_THAT(*read, UnorderedElementsAre(Pair("a/hybrid.cpp", "int x;"), Pair("Zoë Müller/hybrid.cpp", "")));
}

TEST(ReadZip, RefusesNamesThatLeadOut) {
  const TestFolder folder;
  for (const char* name : {"../up", "a/../../up", "/etc/passwd", "C:/x", "a\\..\\..\\up"}) {
    EXPECT_THAT(refusal(folder, {{"fine", "1"}, {name, "2"}}), HasSubstr("leads out of the archive")) << name;
  }
  EXPECT_EQ(refusal(folder, {{"a..b/..c", "1"}}), "");
}

TEST(ReadZip, RefusesLinks) {
  const TestFolder folder;
  EXPECT_THAT(refusal(folder, {{"hybrid.cpp", "/etc/passwd", true}}), HasSubstr("'hybrid.cpp' is a link"));
}

TEST(ReadZip, UnpacksNoBomb) {
  const TestFolder folder;
  const std::string bomb(64 << 20, '\0');
  EXPECT_THAT(refusal(folder, {{"hybrid.cpp", bomb}}), HasSubstr("'hybrid.cpp': has more than 1048576 bytes"));
  const auto unwanted = read_zip(pack(folder, {{"zeros", bomb}}), [](const std::string&) { return false; });
  ASSERT_TRUE(unwanted);
  EXPECT_THAT(*unwanted, IsEmpty());
}

TEST(ReadZip, LimitsAllFilesTogetherAndTheirNumber) {
  const TestFolder folder;
  ZipLimits limits;
  limits.all_bytes = 10;
  EXPECT_THAT(refusal(folder, {{"a", "123456"}, {"b", "123456"}}, limits), HasSubstr("'b': has more than 4 bytes"));
  limits.entries = 1;
  EXPECT_THAT(refusal(folder, {{"a", ""}, {"b", ""}}, limits), HasSubstr("has 2 entries, at most 1"));
}

TEST(ReadZip, SaysWhatIsNoZipFile) {
  const TestFolder folder;
  folder.write("archive.zip", "PK no");
  EXPECT_THAT(read_zip(folder.file("archive.zip"), everything).error().text(),
              HasSubstr("archive.zip: can't be read as a zip file"));
  EXPECT_FALSE(read_zip(folder.file("missing.zip"), everything));
}

TEST(ReadZip, SaysWhatIsDamagedInTheMiddle) {
  const TestFolder folder;
  const std::string text(10000, 'x');
  const std::string path = pack(folder, {{"a", text}});
  std::string bytes = folder.read("archive.zip");
  bytes[40] = static_cast<char>(bytes[40] ^ 0x55);
  folder.write("archive.zip", bytes);
  EXPECT_FALSE(read_zip(path, everything));
}

}  // namespace
}  // namespace hybugs
