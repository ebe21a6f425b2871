#include "tools/hybugs/site_data.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr const char* kCases = HYBUGS_SOURCE_DIR "/cases";

std::vector<const CaseSpec*> all_of(const Corpus& corpus) {
  std::vector<const CaseSpec*> cases;
  for (const CaseSpec& spec : corpus.cases) cases.push_back(&spec);
  return cases;
}

const json kObserved = json::parse(R"({
  "seed": 0, "disagreement": null, "difference": null,
  "calls": [{"inputs": "int", "eager": "int", "buggy": "agrees", "fixed": "agrees",
             "operators": {"buggy": {"inside": 1}, "fixed": {"inside": 2}}}],
  "endings": {"eager": "completed", "buggy": "completed", "fixed": "completed"},
  "graphs": {"buggy": "graph of buggy", "fixed": "graph of the repair"}})");

json site_of(const Corpus& corpus, Audience audience, const PublishedResults& published = {}) {
  const Ledger ledger;
  SiteInputs inputs{corpus, all_of(corpus), ledger, published, {}, "abc", "2026-01-01T00:00:00Z", audience};
  for (const CaseSpec& spec : corpus.cases) inputs.observed[spec.id] = kObserved;
  const Paths paths{HYBUGS_SOURCE_DIR, "/nowhere", corpus.folder, "/nowhere"};
  const auto site = site_json(inputs, paths);
  EXPECT_TRUE(site) << site.error().text();
  return site ? *site : json();
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const auto first = line.find_first_not_of(' ');
    if (first != std::string::npos) lines.insert(line.substr(first));
  }
  return lines;
}

/// All texts within an object.
void collect(const json& object, std::string& text) {
  if (object.is_string()) text += object.get<std::string>() + "\n";
  if (!object.is_structured()) return;
  for (const json& item : object) collect(item, text);
}

TEST(Site, HasWhatItsPagesShow) {
  const Corpus corpus = load_corpus(kCases, "");
  const json site = site_of(corpus, Audience::everybody);
  EXPECT_EQ(site["schema"], kSiteSchema);
  ASSERT_EQ(site["cases"].size(), corpus.cases.size());
  const json& first = site["cases"][0];
  EXPECT_FALSE(first.contains("folder")) << "of this machine";
  EXPECT_THAT(first["sources"]["fixed.cpp"].get<std::string>(), HasSubstr("HYBUGS_CASE"));
  EXPECT_THAT(first["diffs"]["fixed"].get<std::string>(), HasSubstr("@@"));
  EXPECT_EQ(first["observed"], kObserved);
  EXPECT_THAT(site.dump(), Not(HasSubstr(HYBUGS_SOURCE_DIR)));
}

// A line that some case gives its students may stand in the repair of another one; short ones stand anywhere.
TEST(SiteForStudents, HasNoLineThatOnlyRepairsHave) {
  const Corpus corpus = load_corpus(kCases, "");
  std::string given;
  std::set<std::string> repairs;
  for (const CaseSpec& spec : corpus.cases) {
    given += text_of(spec.folder + "/program.h") + text_of(spec.folder + "/buggy.cpp");
    for (const std::string& variant : spec.variants) {
      if (variant == "buggy") continue;
      for (const std::string& line : lines_of(text_of(spec.folder + "/" + variant + ".cpp"))) repairs.insert(line);
    }
  }
  std::string text;
  collect(site_of(corpus, Audience::students), text);
  int looked_for = 0;
  for (const std::string& line : repairs) {
    if (line.size() < 8 || given.find(line) != std::string::npos) continue;
    ++looked_for;
    EXPECT_EQ(text.find(line), std::string::npos) << line;
  }
  EXPECT_GT(looked_for, 100);
  EXPECT_THAT(text, HasSubstr("graph of buggy"));
  EXPECT_THAT(text, Not(HasSubstr("graph of the repair")));
}

TEST(SiteForStudents, HasNothingThatLeadsToTheRepair) {
  const Corpus corpus = load_corpus(kCases, "");
  const json site = site_of(corpus, Audience::students);
  std::string text;
  collect(site, text);
  for (const CaseSpec& spec : corpus.cases) {
    for (const std::string& secret :
         {spec.story, spec.lesson, spec.source.url, spec.source.commit, spec.faithfulness.note}) {
      if (secret.empty()) continue;
      EXPECT_EQ(text.find(secret), std::string::npos) << spec.id << ": " << secret;
    }
  }
  const json& first = site["cases"][0];
  EXPECT_FALSE(first["observed"]["calls"][0].contains("fixed"));
  EXPECT_FALSE(first["observed"]["endings"].contains("fixed"));
  std::vector<std::string> files;
  for (const auto& [name, source] : first["sources"].items()) files.push_back(name);
  EXPECT_THAT(files, UnorderedElementsAre("program.h", "buggy.cpp"));
}

TEST(Site, AFileThatIsGoneIsAnError) {
  const TestFolder folder;
  write_case(folder, "some-case");
  const Corpus corpus = load_corpus(folder.path(), "");
  std::filesystem::remove(folder.file("some-case/program.h"));
  const Ledger ledger;
  const PublishedResults published;
  const SiteInputs inputs{corpus, all_of(corpus), ledger, published, {}, "", "", Audience::everybody};
  const auto site = site_json(inputs, {HYBUGS_SOURCE_DIR, "", folder.path(), ""});
  ASSERT_FALSE(site);
  EXPECT_THAT(site.error().file, HasSubstr("some-case/program.h"));
}

}  // namespace
}  // namespace hybugs
