// hybugs grade as a black box: real submissions, judged in the real sandbox.
#include <gmock/gmock.h>
#include <zip.h>

#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using ::testing::HasSubstr;

constexpr const char* kTargets = HYBUGS_SOURCE_DIR "/harness/testdata/attacks/targets";
const std::string kFile = "attack-shape/hybrid.cpp";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string variant(const std::string& name) {
  return text_of(fs::path(kTargets) / "attack-shape" / (name + ".cpp"));
}

class GradeTest : public CandidateTest {
 protected:
  std::string in(const std::string& name) const { return (folder_ / "in" / name).string(); }

  void pack(const std::string& name, const std::string& entry, const std::string& text) const {
    fs::create_directories(folder_ / "in");
    zip_t* archive = zip_open(in(name).c_str(), ZIP_CREATE, nullptr);
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    ASSERT_GE(zip_file_add(archive, entry.c_str(), source, ZIP_FL_ENC_UTF_8), 0);
    ASSERT_EQ(zip_close(archive), 0);
  }

  CommandOutput grade(const std::vector<std::string>& submissions, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"--cases", kTargets, "grade", "--seed", "7", "--no-gate"};
    if (std::find(more.begin(), more.end(), "--output") == more.end())
      arguments.insert(arguments.end(), {"--output", table()});
    for (const std::string& name : submissions) arguments.push_back(in(name));
    arguments.insert(arguments.end(), more.begin(), more.end());
    return hybugs(arguments);
  }

  std::string table() const { return (folder_ / "results.csv").string(); }
  fs::path details() const { return folder_ / "results"; }
};

TEST_F(GradeTest, ShardsGiveTheSameTable) {
  write("in/ann/" + kFile, "// ann\n" + variant("fixed"));
  write("in/bob/" + kFile, "// bob\n" + variant("buggy"));
  write("in/cem/slow/hybrid.cpp", "");
  EXPECT_EQ(grade({"ann", "bob", "cem"}).status, 0);
  const std::string whole = text_of(table());
  fs::remove(table());
  fs::remove_all(details());
  std::vector<std::string> merge = {"merge"};
  for (const std::string i : {"1", "2"}) {
    const std::string part = (folder_ / ("part-" + i)).string();
    const auto output = grade({"ann", "bob", "cem"}, {"--shard", i + "/2", "--output", part + ".csv"});
    EXPECT_EQ(output.status, 0) << output.output;
    EXPECT_FALSE(fs::exists(part + ".csv"));
    merge.push_back(part);
  }
  merge.insert(merge.end(), {"--output", details().string()});
  EXPECT_EQ(hybugs(merge).status, 0);
  const auto output = grade({"ann", "bob", "cem"}, {"--resume"});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_EQ(text_of(table()), whole);
}

TEST_F(GradeTest, EverySubmissionHasARow) {
  write("in/Zoë Müller/" + kFile, "// a right one\n" + variant("fixed"));
  write("in/unchanged/" + kFile, variant("buggy"));
  write("in/no text/" + kFile, "\xff\xfe int x");
  write("in/other/none/hybrid.cpp", "");
  pack("bob.zip", "bob/answers/" + kFile, "// bob\n" + variant("buggy"));
  pack("eve.zip", "../" + kFile, variant("fixed"));
  write("in/broken.zip", "PK");
  const auto output =
      grade({"Zoë Müller", "unchanged", "no text", "other", "bob.zip", "eve.zip", "broken.zip", "gone"});
  EXPECT_EQ(output.status, 0) << output.output;
  const std::string csv = text_of(table());
  EXPECT_THAT(csv, HasSubstr("student,points,of,attack-shape,remark,submission\r\n"));
  EXPECT_THAT(csv, HasSubstr("\r\nZoë Müller,1,1,resolved,,"));
  EXPECT_THAT(csv, HasSubstr("\r\nunchanged,0,1,unchanged,,"));
  EXPECT_THAT(csv, HasSubstr("\r\nno text,0,1,not_compiled,,"));
  EXPECT_THAT(csv, HasSubstr("\r\nother,0,1,missing,has no file ID/hybrid.cpp; no such case: none,"));
  EXPECT_THAT(csv, HasSubstr("\r\nbob,0,1,unresolved,,"));
  EXPECT_THAT(csv, HasSubstr("\r\neve,0,1,missing,'../attack-shape/hybrid.cpp' leads out of the archive,"));
  EXPECT_THAT(csv, HasSubstr("\r\nbroken,0,1,missing,can't be read as a zip file"));
  EXPECT_THAT(csv, HasSubstr("\r\ngone,0,1,missing,is not there,"));
  const json results = json::parse(text_of(details() / "students/Zoë Müller/results.json"), nullptr, false);
  EXPECT_EQ(results["score"], 1);
  EXPECT_EQ(results["tests"][0]["status"], "passed");
  const json report = json::parse(text_of(details() / "report.json"), nullptr, false);
  EXPECT_EQ(report["results"].size(), 3U) << "what is missing or unchanged needs no judge";
}

TEST_F(GradeTest, TheNewerOfTwoSubmissionsCounts) {
  write("in/a/alice/" + kFile, variant("fixed"));
  write("in/b/alice/" + kFile, "// older\n" + variant("buggy"));
  const auto hour = std::chrono::hours(1);
  fs::last_write_time(in("b/alice/" + kFile), fs::last_write_time(in("a/alice/" + kFile)) - hour);
  const auto output = grade({"a/alice", "b/alice"});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_THAT(text_of(table()), HasSubstr("\r\nalice,1,1,resolved,,"));
  EXPECT_THAT(text_of(table()), HasSubstr("\r\nalice,0,1,missing,handed in twice; the newer one counts: "));
  EXPECT_EQ(json::parse(text_of(details() / "students/alice/results.json"), nullptr, false)["score"], 1);
}

TEST_F(GradeTest, GoesOnWhereItStopped) {
  for (const char* name : {"a", "b", "c"})
    write(std::string("in/") + name + "/" + kFile, std::string("// ") + name + "\n" + variant("fixed"));
  ASSERT_EQ(grade({"a", "b"}).status, 0);
  EXPECT_EQ(result_lines().size(), 2U);
  const json before = json::parse(text_of(details() / "report.json"), nullptr, false)["settings"]["seeds"];
  const auto output = grade({"a", "b", "c"}, {"--resume"});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_EQ(result_lines().size(), 3U) << "the first two are kept";
  EXPECT_EQ(json::parse(text_of(details() / "report.json"), nullptr, false)["settings"]["seeds"], before);
  EXPECT_THAT(text_of(table()), HasSubstr("\r\nc,1,1,resolved,,"));
}

TEST_F(GradeTest, WhatCantBeGradedIsSaid) {
  EXPECT_EQ(hybugs({"grade"}).status, 2);
  const auto unknown = grade({"gone"}, {"--tasks", "atack-shape"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.output, HasSubstr("did you mean 'attack-shape'?"));
}

}  // namespace
}  // namespace hybugs
