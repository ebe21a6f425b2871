#include "harness/io/corpus.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "harness/io/corpus_cache.h"
#include "harness/io/results.h"
#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> texts(const Errors& errors) {
  std::vector<std::string> result;
  for (const Error& error : errors) result.push_back(error.text());
  return result;
}

TEST(LoadCorpus, LoadsAllCasesSortedById) {
  const TestFolder folder;
  for (const char* id : {"b-1", "a-2", "B-3"}) write_case(folder, id);
  const Corpus corpus = load_corpus(folder.path(), "");
  EXPECT_THAT(texts(corpus.errors), IsEmpty());
  EXPECT_EQ(corpus.folder, folder.path());
  EXPECT_THAT(corpus.ids(), ElementsAre("B-3", "a-2", "b-1"));
  EXPECT_EQ(corpus.find("a-2")->id, "a-2");
  EXPECT_EQ(corpus.find("a-2")->folder, folder.file("a-2"));
  EXPECT_EQ(corpus.find("a-1"), nullptr);
  EXPECT_EQ(corpus.find("z"), nullptr);
}

TEST(LoadCorpus, FilesAndHiddenFoldersAreNoCases) {
  const TestFolder folder;
  write_case(folder, "a");
  folder.write("README.md", "");
  folder.write("ledger.yaml", "");
  folder.write(".git/config", "");
  const Corpus corpus = load_corpus(folder.path() + "/", "");
  EXPECT_THAT(texts(corpus.errors), IsEmpty());
  EXPECT_THAT(corpus.ids(), ElementsAre("a"));
}

TEST(LoadCorpus, TellsAllErrorsOfAllCasesAndLoadsTheOthers) {
  const TestFolder folder;
  write_case(folder, "a", replaced(kValidCase, "call: 2", "call: x") + "banana: 1\n");
  write_case(folder, "b");
  write_case(folder, "c", "title: [\n");
  folder.write("d/notes.txt", "");
  const Corpus corpus = load_corpus(folder.path(), "");
  EXPECT_THAT(corpus.ids(), ElementsAre("b"));
  EXPECT_THAT(
      texts(corpus.errors),
      ElementsAre(HasSubstr("/a/case.yaml:7: failure.call must be an integer"),
                  HasSubstr("/a/case.yaml:12: unknown key 'banana'"), HasSubstr("/c/case.yaml:2: malformed YAML"),
                  HasSubstr("/d: there is no buggy.cpp"), HasSubstr("/d: there is no fixed.cpp"),
                  HasSubstr("/d/case.yaml: cannot read: No such file")));
}

TEST(LoadCorpus, IdsThatNoCaseCanHaveAreErrors) {
  const TestFolder folder;
  for (const char* id : {"my case", "_a", "caf\xc3\xa9"}) write_case(folder, id);
  const Corpus corpus = load_corpus(folder.path(), "");
  EXPECT_THAT(corpus.cases, IsEmpty());
  EXPECT_THAT(texts(corpus.errors), testing::Each(HasSubstr("can't be the id of a case, an id matches [A-Za-z0-9]")));
  EXPECT_EQ(corpus.errors.size(), 3U);
}

TEST(LoadCorpus, IdsThatDifferOnlyInCaseAreErrors) {
  const TestFolder folder;
  for (const char* id : {"Pt-1", "pt-1", "pt-2"}) write_case(folder, id);
  EXPECT_THAT(texts(load_corpus(folder.path(), "").errors),
              ElementsAre(HasSubstr("pt-1: the id differs from 'Pt-1' only in case")));
}

TEST(LoadCorpus, AMissingFolderIsAnError) {
  const TestFolder folder;
  EXPECT_THAT(texts(load_corpus(folder.file("none"), "").errors),
              ElementsAre(HasSubstr("none: cannot read the folder: No such file or directory")));
}

TEST(LoadCorpus, ErrorsNameFilesRelativeToTheCurrentFolder) {
  const TestFolder folder;
  folder.write("cases/a/case.yaml", "");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const Corpus relative = load_corpus("cases", "");
  const Corpus absolute = load_corpus(folder.file("cases"), "");
  std::filesystem::current_path(before);
  EXPECT_EQ(relative.folder, folder.file("cases"));
  EXPECT_THAT(texts(relative.errors), testing::Contains("cases/a/case.yaml: the file is empty"));
  EXPECT_EQ(texts(relative.errors), texts(absolute.errors));
}

TEST(IsCaseId, FollowsItsPattern) {
  for (const char* id : {"tf-pwa-0db1b0b", "pt-86537", "a", "A_b.c-2", "3d"}) EXPECT_TRUE(is_case_id(id)) << id;
  for (const char* id : {"", ".", "..", ".a", "-a", "_a", "a b", "a/b", "a\n", "\xc3\xa9"}) {
    EXPECT_FALSE(is_case_id(id)) << id;
  }
}

// --- the cache

nlohmann::json content(const Corpus& corpus) {
  nlohmann::json cases = nlohmann::json::array();
  for (const CaseSpec& spec : corpus.cases) cases.push_back(to_json(spec));
  return cases;
}

constexpr const char* kEverything =
    "domain: physics\n"
    "tolerance: {rtol: 1e-12, atol: 0}\n"
    "compare: {requires_grad: true, inputs: true, message: bad}\n"
    "threads: {intra: 2, inter: 3}\n"
    "timeout_s: 2.5\n"
    "memory_mb: 512\n"
    "fix: {graph: dropped, ops: free}\n"
    "expect: [{libtorch: \"<2.0\", verdict: not_reproduced, because: no fusion}]\n";

class CorpusWithCache : public testing::Test {
 protected:
  CorpusWithCache() {
    write_case(corpus_, "a");
    write_case(corpus_, "b", kValidCase + kEverything);
    corpus_.age();
  }

  Corpus load() const { return load_corpus(corpus_.path(), cache()); }
  std::string cache() const { return other_.file("deep/corpus.cache"); }

  /// Puts a title into the cache that isn't in the case: whoever sees it read the cache.
  void mark(const std::string& id) const {
    std::vector<CachedCase> cases = read_cache(cache(), corpus_.path());
    for (CachedCase& cached : cases) {
      if (cached.spec.id == id) cached.spec.title = "from the cache";
    }
    write_cache(cache(), corpus_.path(), cases);
  }

  TestFolder corpus_;
  TestFolder other_;
};

TEST_F(CorpusWithCache, GivesTheSameCases) {
  const nlohmann::json uncached = content(load_corpus(corpus_.path(), ""));
  EXPECT_EQ(content(load()), uncached);
  EXPECT_EQ(content(load()), uncached);
}

TEST_F(CorpusWithCache, ParsesUnchangedCasesOnce) {
  load();
  mark("a");
  mark("b");
  const Corpus corpus = load();
  EXPECT_EQ(corpus.find("a")->title, "from the cache");
  EXPECT_EQ(corpus.find("b")->title, "from the cache");
}

TEST_F(CorpusWithCache, IsNotWrittenAgainWithoutNeed) {
  load();
  const auto before = std::filesystem::last_write_time(cache());
  load();
  EXPECT_EQ(std::filesystem::last_write_time(cache()), before);
}

TEST_F(CorpusWithCache, SeesAChangeOfSize) {
  load();
  mark("a");
  mark("b");
  corpus_.write("a/case.yaml", replaced(kValidCase, "A title", "Another title"));
  corpus_.age("a");
  const Corpus corpus = load();
  EXPECT_EQ(corpus.find("a")->title, "Another title");
  EXPECT_EQ(corpus.find("b")->title, "from the cache");
}

TEST_F(CorpusWithCache, SeesAChangeThatKeepsSizeAndModificationTime) {
  load();
  mark("a");
  const auto time = std::filesystem::last_write_time(corpus_.file("a/case.yaml"));
  corpus_.write("a/case.yaml", replaced(kValidCase, "A title", "B title"));
  std::filesystem::last_write_time(corpus_.file("a/case.yaml"), time);
  EXPECT_EQ(load().find("a")->title, "B title");
}

TEST_F(CorpusWithCache, SeesNewAndRemovedVariants) {
  load();
  corpus_.write("a/wrong_size.cpp", "");
  corpus_.age("a");
  EXPECT_THAT(load().find("a")->variants, ElementsAre("buggy", "fixed", "wrong_size"));
  std::filesystem::remove(corpus_.file("a/fixed.cpp"));
  corpus_.age("a");
  EXPECT_THAT(texts(load().errors), ElementsAre(HasSubstr("a: there is no fixed.cpp")));
}

TEST_F(CorpusWithCache, SeesNewAndRemovedCases) {
  load();
  write_case(corpus_, "aa");
  std::filesystem::remove_all(corpus_.file("a"));
  corpus_.age();
  EXPECT_THAT(load().ids(), ElementsAre("aa", "b"));
  EXPECT_EQ(read_cache(cache(), corpus_.path()).size(), 2U);
}

TEST_F(CorpusWithCache, KeepsOnlyValidCases) {
  write_case(corpus_, "c", "title: [");
  corpus_.age();
  for (int time = 0; time < 2; ++time) {
    const Corpus corpus = load();
    EXPECT_THAT(corpus.ids(), ElementsAre("a", "b"));
    EXPECT_EQ(corpus.errors.size(), 1U);
  }
  EXPECT_EQ(read_cache(cache(), corpus_.path()).size(), 2U);
}

TEST_F(CorpusWithCache, DoesntRecogniseWhatWasWrittenJustNow) {
  corpus_.write("a/case.yaml", kValidCase);
  EXPECT_EQ(stamp_folder(corpus_.file("a")), "");
  EXPECT_NE(stamp_folder(corpus_.file("b")), "");
  load();
  mark("a");
  mark("b");
  const Corpus corpus = load();
  EXPECT_EQ(corpus.find("a")->title, "A title");
  EXPECT_EQ(corpus.find("b")->title, "from the cache");
}

TEST_F(CorpusWithCache, IgnoresAndReplacesAForeignFile) {
  load();
  const std::string whole = other_.read("deep/corpus.cache");
  const std::string foreign[] = {"",
                                 "{\"json\": 1}",
                                 std::string(100, '\xff'),
                                 whole.substr(0, whole.size() / 2),
                                 whole.substr(0, whole.size() - 1),
                                 whole + "x",
                                 std::string(3, '\0') + whole};
  for (const std::string& bytes : foreign) {
    other_.write("deep/corpus.cache", bytes);
    EXPECT_THAT(load().ids(), ElementsAre("a", "b"));
    EXPECT_EQ(other_.read("deep/corpus.cache"), whole);
  }
}

TEST_F(CorpusWithCache, IgnoresTheCacheOfAnotherFolder) {
  load();
  mark("a");
  TestFolder copy;
  write_case(copy, "a");
  copy.age();
  EXPECT_EQ(load_corpus(copy.path(), cache()).find("a")->title, "A title");
}

TEST_F(CorpusWithCache, SurvivesACacheThatCantBeWritten) {
  other_.write("file", "");
  for (const std::string& file : {other_.file("file/cache"), other_.path()}) {
    const Corpus corpus = load_corpus(corpus_.path(), file);
    EXPECT_THAT(corpus.ids(), ElementsAre("a", "b")) << file;
    EXPECT_THAT(corpus.errors, IsEmpty()) << file;
  }
}

TEST_F(CorpusWithCache, ReadersAndWritersSeeWholeFiles) {
  load();
  const std::vector<CachedCase> cases = read_cache(cache(), corpus_.path());
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 2; ++writer) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) write_cache(cache(), corpus_.path(), cases);
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) EXPECT_EQ(read_cache(cache(), corpus_.path()).size(), 2U);
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) EXPECT_EQ(load().cases.size(), 2U);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace hybugs
