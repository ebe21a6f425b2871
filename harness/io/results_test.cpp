#include "harness/io/results.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <nlohmann/json.hpp>

#include "harness/io/case_yaml.h"
#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

CaseResult small_result(const std::string& id) {
  CaseResult result;
  result.id = id;
  result.verdict = Verdict::reproduced;
  return result;
}

CaseResult full_result() {
  CaseResult result = small_result("tf-pwa-0db1b0b");
  result.title = "A title";
  result.mechanism = "shape-baked";
  result.symptom = Symptom::exception;
  result.verdict = Verdict::wrong_failure;
  result.expected = Verdict::not_reproduced;
  result.harness_error = true;
  result.evidence = "call 2: threw";
  SeedJudgement seed;
  seed.seed = std::numeric_limits<std::uint64_t>::max();
  seed.repetition = 3;
  seed.verdict = Verdict::fix_fails;
  seed.evidence = "one line";
  seed.disagreement =
      Disagreement{Disagreement::Kind::no_exception, kConstruct, "output 0", 0, kInfinity, "e", "g", "m"};
  seed.fixed_error = 0.1;
  seed.harness_error = true;
  result.seeds = {seed, SeedJudgement()};
  TimingResult timing;
  timing.against_fixed = {1.5, 1.25, kInfinity, 7};
  timing.threshold = 1.25;
  timing.against_eager = {2.5, 2, 3, 12};
  timing.fixed_against_eager = {1.75, 1.5, 2, 12};
  timing.samples = {{"buggy", TimingPhase::new_shape, 1, 2, 300, 0.1, 0.2, 0.3, 0.4, true}};
  timing.use = {{"buggy", 1000, 2.5, 3, 40}};
  timing.disturbed_pairs = 5;
  timing.stopped = "the cap";
  timing.failure = "a crash";
  timing.google_benchmark = "{\"context\": {}}";
  result.timing = timing;
  result.seconds = 12.5;
  result.key = "abc";
  result.because = "mended in 2.0";
  result.repeat = "hybugs run tf-pwa-0db1b0b";
  result.log = "build/log.txt";
  return result;
}

Context full_context() {
  Context context;
  context.date = "2024-01-02T03:04:05Z";
  context.machine = "CPU";
  context.cores = 2;
  context.memory_bytes = 8LL << 30;
  context.kernel = "6.1";
  context.system = "Debian";
  context.libtorch = "1.13.1";
  context.blas = "OpenBLAS";
  context.compiler = "clang 14";
  context.flags = "-O1";
  context.sandbox = "bwrap";
  context.commit = "abc+";
  context.governor = "unknown";
  context.affinity = "0-1";
  context.load_start = 0.5;
  context.load_end = 1.5;
  context.command = "hybugs run";
  return context;
}

/// Through text, as files do.
json through_text(const json& value) {
  return json::parse(value.dump());
}

TEST(ResultJson, HoldsEveryMember) {
  const CaseResult result = *case_result_from_json(through_text(to_json(full_result())));
  EXPECT_EQ(result.id, "tf-pwa-0db1b0b");
  EXPECT_EQ(result.title, "A title");
  EXPECT_EQ(result.mechanism, "shape-baked");
  EXPECT_EQ(result.symptom, Symptom::exception);
  EXPECT_EQ(result.verdict, Verdict::wrong_failure);
  EXPECT_EQ(result.expected, Verdict::not_reproduced);
  EXPECT_TRUE(result.harness_error);
  EXPECT_EQ(result.evidence, "call 2: threw");
  EXPECT_EQ(result.seconds, 12.5);
  EXPECT_EQ(result.key, "abc");
  EXPECT_EQ(result.because, "mended in 2.0");
  EXPECT_EQ(result.repeat, "hybugs run tf-pwa-0db1b0b");
  EXPECT_EQ(result.log, "build/log.txt");
}

TEST(ResultJson, HoldsEveryMemberOfJudgements) {
  const CaseResult result = *case_result_from_json(through_text(to_json(full_result())));
  ASSERT_EQ(result.seeds.size(), 2U);
  const SeedJudgement& seed = result.seeds[0];
  EXPECT_EQ(seed.seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(seed.repetition, 3);
  EXPECT_EQ(seed.verdict, Verdict::fix_fails);
  EXPECT_EQ(seed.evidence, "one line");
  EXPECT_EQ(seed.fixed_error, 0.1);
  EXPECT_TRUE(seed.harness_error);
  ASSERT_TRUE(seed.disagreement.has_value());
  EXPECT_EQ(seed.disagreement->kind, Disagreement::Kind::no_exception);
  EXPECT_EQ(seed.disagreement->call, kConstruct);
  EXPECT_EQ(seed.disagreement->output, "output 0");
  EXPECT_EQ(seed.disagreement->output_index, 0);
  EXPECT_EQ(seed.disagreement->error, kInfinity);
  EXPECT_EQ(seed.disagreement->expected, "e");
  EXPECT_EQ(seed.disagreement->got, "g");
  EXPECT_EQ(seed.disagreement->message, "m");
  EXPECT_FALSE(result.seeds[1].disagreement.has_value());
}

TEST(ResultJson, HoldsEveryMemberOfTimes) {
  const CaseResult result = *case_result_from_json(through_text(to_json(full_result())));
  ASSERT_TRUE(result.timing.has_value());
  EXPECT_EQ(result.timing->against_fixed.ratio, 1.5);
  EXPECT_EQ(result.timing->against_fixed.low, 1.25);
  EXPECT_EQ(result.timing->against_fixed.high, kInfinity);
  EXPECT_EQ(result.timing->against_fixed.pairs, 7);
  ASSERT_EQ(result.timing->samples.size(), 1U);
  const TimingSample& sample = result.timing->samples[0];
  EXPECT_EQ(sample.program, "buggy");
  EXPECT_EQ(sample.pair, 1);
  EXPECT_EQ(sample.process, 2);
  EXPECT_EQ(sample.calls, 300);
  EXPECT_EQ(sample.seconds, 0.1);
  EXPECT_EQ(sample.wall_seconds, 0.2);
  EXPECT_EQ(sample.cpu_seconds, 0.3);
  EXPECT_EQ(sample.waiting_seconds, 0.4);
  EXPECT_EQ(sample.phase, TimingPhase::new_shape);
  EXPECT_TRUE(sample.disturbed);
  EXPECT_EQ(result.timing->threshold, 1.25);
  EXPECT_EQ(result.timing->against_eager.high, 3);
  EXPECT_EQ(result.timing->fixed_against_eager.low, 1.5);
  ASSERT_EQ(result.timing->use.size(), 1U);
  EXPECT_EQ(result.timing->use[0].program, "buggy");
  EXPECT_EQ(result.timing->use[0].growth_per_call, 2.5);
  EXPECT_EQ(result.timing->use[0].graphs, 3);
  EXPECT_EQ(result.timing->disturbed_pairs, 5);
  EXPECT_EQ(result.timing->stopped, "the cap");
  EXPECT_EQ(result.timing->failure, "a crash");
  EXPECT_EQ(result.timing->google_benchmark, "{\"context\": {}}");
  EXPECT_FALSE(case_result_from_json(to_json(small_result("a")))->timing.has_value());
}

TEST(ResultJson, KnowsEveryKindOfDisagreement) {
  for (int kind = 0; kind <= static_cast<int>(Disagreement::Kind::missing); ++kind) {
    CaseResult result = full_result();
    result.seeds[0].disagreement->kind = static_cast<Disagreement::Kind>(kind);
    const CaseResult back = *case_result_from_json(to_json(result));
    EXPECT_EQ(back.seeds[0].disagreement->kind, static_cast<Disagreement::Kind>(kind));
  }
}

TEST(ResultJson, UsesTheWordsOfTheDesign) {
  const json written = to_json(full_result());
  EXPECT_EQ(written["schema"], kResultSchema);
  EXPECT_EQ(written["verdict"], "wrong_failure");
  EXPECT_EQ(written["symptom"], "exception");
  EXPECT_EQ(written["seeds"][0]["disagreement"]["call"], "construct");
  EXPECT_EQ(written["seeds"][1]["disagreement"], nullptr);
}

TEST(ResultJson, NumbersThatJsonLacksSurvive) {
  for (const double number : {kInfinity, -kInfinity, 1e300, 5e-324, 0.1}) {
    CaseResult result = small_result("a");
    result.seconds = number;
    EXPECT_EQ(case_result_from_json(through_text(to_json(result)))->seconds, number);
  }
  CaseResult result = small_result("a");
  result.seconds = std::nan("");
  EXPECT_TRUE(std::isnan(case_result_from_json(through_text(to_json(result)))->seconds));
  EXPECT_EQ(to_json(result)["seconds"], "nan");
}

TEST(ResultJson, TextThatIsNotUtf8IsReplaced) {
  CaseResult result = small_result("a");
  result.evidence = "caf\xc3\xa9 \xff\xfe end";
  const json written = to_json(result);
  EXPECT_EQ(written["evidence"], "caf\xc3\xa9 \xef\xbf\xbd\xef\xbf\xbd end");
  EXPECT_NO_THROW(written.dump());
}

TEST(ResultJson, MissingKeysAreErrorsWithTheirPath) {
  json written = to_json(full_result());
  written["seeds"][0]["disagreement"].erase("got");
  const auto result = case_result_from_json(written);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "no result of a case: missing 'seeds[0].disagreement.got'");
}

TEST(ResultJson, EveryKeyIsNeeded) {
  const json written = to_json(full_result());
  for (const auto& [key, value] : written.items()) {
    json without = written;
    without.erase(key);
    EXPECT_FALSE(case_result_from_json(without)) << key;
  }
}

TEST(ResultJson, WrongTypesAreErrors) {
  const std::pair<const char*, json> wrong[] = {
      {"id", 1},        {"id", nullptr},           {"verdict", "fine"}, {"verdict", 0}, {"harness_error", 0},
      {"seconds", "x"}, {"seeds", json::object()}, {"seeds", {1}},      {"timing", 3},
  };
  for (const auto& [key, value] : wrong) {
    json written = to_json(full_result());
    written[key] = value;
    const auto result = case_result_from_json(written);
    ASSERT_FALSE(result) << key << value;
    EXPECT_THAT(result.error().message, HasSubstr("wrong value for '" + std::string(key))) << value;
  }
  EXPECT_FALSE(case_result_from_json(json::array()));
  EXPECT_FALSE(case_result_from_json(json()));
}

TEST(ResultJson, IntegersMustFit) {
  for (const json& number : {json(3000000000), json(-3000000000), json(1.5), json(18446744073709551615U)}) {
    json written = to_json(full_result());
    written["timing"]["samples"][0]["calls"] = number;
    EXPECT_FALSE(case_result_from_json(written)) << number;
  }
  json written = to_json(full_result());
  written["seeds"][0]["seed"] = -1;
  EXPECT_FALSE(case_result_from_json(written));
}

TEST(ResultJson, OtherSchemasAreErrors) {
  for (const json& schema : {json(kResultSchema + 1), json("1"), json()}) {
    json written = to_json(full_result());
    written["schema"] = schema;
    const auto result = case_result_from_json(written);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().text(), HasSubstr("this version reads schema 3, use the version that wrote them"));
  }
}

TEST(ContextJson, HoldsEveryMember) {
  const Context context = *context_from_json(through_text(to_json(full_context())));
  EXPECT_EQ(to_json(context), to_json(full_context()));
  EXPECT_EQ(context.machine, "CPU");
  EXPECT_EQ(context.memory_bytes, 8LL << 30);
  EXPECT_EQ(context.load_end, 1.5);
  EXPECT_EQ(context.command, "hybugs run");
  EXPECT_EQ(context.affinity, "0-1");
  EXPECT_EQ(to_json(context).size(), 18U);  // 17 members and the schema
  EXPECT_FALSE(context_from_json(to_json(full_result())));
}

TEST(ExperimentJson, HoldsContextAndResults) {
  const json written = to_json(Experiment{full_context(), {full_result(), small_result("b")}});
  EXPECT_EQ(written["schema"], kResultSchema);
  EXPECT_EQ(written["context"]["machine"], "CPU");
  ASSERT_EQ(written["results"].size(), 2U);
  EXPECT_EQ(written["results"][1]["id"], "b");
}

TEST(SpecJson, IsNestedLikeCaseYaml) {
  const TestFolder folder;
  write_case(folder, "x",
             replaced(kValidCase, "symptom: wrong_result\nfailure: {call: 2, output: 1}",
                      "symptom: crash\nfailure: {call: construct, signal: SIGFPE}\nfix: {graph: dropped, ops: free}\n"
                      "tolerance: {rtol: 1e-12, atol: 0}\nthreads: {intra: 2, inter: 3}"));
  CaseSpec spec;
  ASSERT_THAT(read_case(folder.file("x"), "x", spec), IsEmpty());
  const json written = to_json(spec);
  EXPECT_EQ(written["source"]["kind"], "commit");
  EXPECT_EQ(written["failure"],
            (json{{"call", "construct"}, {"output", nullptr}, {"message", ""}, {"signal", "SIGFPE"}}));
  EXPECT_EQ(written["fix"], (json{{"graph", "dropped"}, {"ops", "free"}}));
  EXPECT_EQ(written["tolerance"], (json{{"rtol", 1e-12}, {"atol", 0.0}}));
  EXPECT_EQ(written["threads"], (json{{"intra", 2}, {"inter", 3}}));
  EXPECT_EQ(written["faithfulness"]["level"], "high");
  const CaseSpec back = *case_spec_from_json(through_text(written));
  EXPECT_EQ(to_json(back), written);
  EXPECT_EQ(back.failure.call, kConstruct);
  EXPECT_EQ(back.failure.signal, SIGFPE);
  EXPECT_TRUE(back.fix.graph_dropped && back.fix.free_operators);
  EXPECT_EQ(back.threads.inter, 3);
}

TEST(SpecJson, WritesDefaultsOut) {
  const json written = to_json(CaseSpec());
  EXPECT_EQ(written["failure"]["call"], nullptr);
  EXPECT_EQ(written["failure"]["signal"], nullptr);
  EXPECT_EQ(written["fix"], (json{{"graph", "kept"}, {"ops", nullptr}}));
  EXPECT_EQ(written["tolerance"], nullptr);
  EXPECT_EQ(written["timeout_s"], 10.0);
  EXPECT_EQ(to_json(*case_spec_from_json(through_text(written))), written);
}

TEST(SpecJson, RejectsWhatIsNoCase) {
  json written = to_json(CaseSpec());
  written["failure"]["signal"] = "SIGNAL";
  const auto spec = case_spec_from_json(written);
  ASSERT_FALSE(spec);
  EXPECT_EQ(spec.error().message, "no case: wrong value for 'failure.signal'");
  EXPECT_FALSE(case_spec_from_json(json::object()));
}

// --- files

std::vector<std::string> ids(const Result<std::map<std::string, CaseResult>>& results) {
  std::vector<std::string> found;
  for (const auto& [id, result] : *results) found.push_back(id);
  return found;
}

std::string line(const std::string& id) {
  return to_json(small_result(id)).dump() + "\n";
}

TEST(ResultsWriter, WritesTheContextAndAResultALine) {
  const TestFolder folder;
  auto writer = ResultsWriter::open(folder.file("deep/run"), full_context());
  ASSERT_TRUE(writer) << writer.error().text();
  EXPECT_EQ(writer->folder(), folder.file("deep/run"));
  EXPECT_EQ(context_from_json(json::parse(folder.read("deep/run/context.json")))->machine, "CPU");
  ASSERT_TRUE(writer->append(full_result()));
  ASSERT_TRUE(writer->append(small_result("b")));
  const std::string text = folder.read("deep/run/results.jsonl");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  const auto results = read_results(folder.file("deep/run"));
  ASSERT_TRUE(results) << results.error().text();
  EXPECT_THAT(ids(results), ElementsAre("b", "tf-pwa-0db1b0b"));
  EXPECT_EQ(to_json(results->at("tf-pwa-0db1b0b")), to_json(full_result()));
}

TEST(ResultsWriter, KeepsWhatAnEarlierOneWrote) {
  const TestFolder folder;
  for (const char* id : {"a", "b"}) {
    auto writer = ResultsWriter::open(folder.path(), full_context());
    ASSERT_TRUE(writer->append(small_result(id)));
  }
  EXPECT_THAT(ids(read_results(folder.path())), ElementsAre("a", "b"));
}

TEST(ResultsWriter, CanBeMoved) {
  const TestFolder folder;
  auto opened = ResultsWriter::open(folder.path(), full_context());
  ResultsWriter writer = std::move(*opened);
  ResultsWriter other = *ResultsWriter::open(folder.file("other"), full_context());
  other = std::move(writer);
  ASSERT_TRUE(other.append(small_result("a")));
  EXPECT_THAT(ids(read_results(folder.path())), ElementsAre("a"));
}

TEST(ResultsWriter, ContinuesAfterATornLine) {
  const TestFolder folder;
  folder.write("results.jsonl", line("a") + line("b").substr(0, 20));
  EXPECT_THAT(ids(read_results(folder.path())), ElementsAre("a"));
  ASSERT_TRUE(ResultsWriter::open(folder.path(), full_context())->append(small_result("c")));
  EXPECT_EQ(folder.read("results.jsonl"), line("a") + line("c"));
}

TEST(ResultsWriter, ContinuesAfterAWholeLineWithoutItsEnd) {
  const TestFolder folder;
  folder.write("results.jsonl", line("a").substr(0, line("a").size() - 1));
  EXPECT_THAT(ids(read_results(folder.path())), ElementsAre("a"));
  ASSERT_TRUE(ResultsWriter::open(folder.path(), full_context())->append(small_result("b")));
  EXPECT_EQ(folder.read("results.jsonl"), line("a") + line("b"));
}

TEST(ResultsWriter, ContinuesAFileThatIsNothingButATornLine) {
  const TestFolder folder;
  folder.write("results.jsonl", "{\"id\": \"a");
  ASSERT_TRUE(ResultsWriter::open(folder.path(), full_context())->append(small_result("b")));
  EXPECT_EQ(folder.read("results.jsonl"), line("b"));
}

TEST(ResultsWriter, AnUnwritableFolderIsSaidBeforeTheWork) {
  const TestFolder folder;
  folder.write("file", "");
  const auto writer = ResultsWriter::open(folder.file("file/run"), full_context());
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().text(),
            folder.file("file/run") +
                ": cannot create the folder: Not a directory, choose another place, or make this "
                "one writable");
  EXPECT_FALSE(ResultsWriter::open("/proc/run", full_context()));
}

TEST(ResultsWriter, AResultsFileThatCantBeOpenedIsSaidBeforeTheWork) {
  const TestFolder folder;
  std::filesystem::create_directory(folder.file("results.jsonl"));
  const auto writer = ResultsWriter::open(folder.path(), full_context());
  ASSERT_FALSE(writer);
  EXPECT_THAT(writer.error().text(), HasSubstr("results.jsonl: cannot write: Is a directory"));
}

TEST(ResultsWriter, AFullDiskIsAnErrorWithWhatToDo) {
  const TestFolder folder;
  std::filesystem::create_symlink("/dev/full", folder.file("results.jsonl"));
  auto writer = ResultsWriter::open(folder.path(), full_context());
  ASSERT_TRUE(writer) << writer.error().text();
  const Result<void> appended = writer->append(small_result("a"));
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().text(),
            folder.file("results.jsonl") +
                ": cannot write: No space left on device, free some space and start again with "
                "--resume: what was finished is kept");
}

TEST(ResultsWriter, HalfALineOfAFullDiskIsTakenBack) {
  const TestFolder folder;
  auto writer = ResultsWriter::open(folder.path(), full_context());
  ASSERT_TRUE(writer->append(small_result("a")));
  rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit limit = {line("a").size() + 10, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &limit);
  EXPECT_FALSE(writer->append(small_result("b")));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_TRUE(writer->append(small_result("c")));
  EXPECT_EQ(folder.read("results.jsonl"), line("a") + line("c"));
}

TEST(ResultsWriter, ARemovedFileIsAnError) {
  const TestFolder folder;
  auto writer = ResultsWriter::open(folder.path(), full_context());
  std::filesystem::remove(folder.file("results.jsonl"));
  const Result<void> appended = writer->append(small_result("a"));
  ASSERT_FALSE(appended);
  EXPECT_THAT(appended.error().text(), HasSubstr("results.jsonl: the file is gone"));
}

TEST(ReadResults, AFolderWithoutResultsIsEmpty) {
  const TestFolder folder;
  EXPECT_THAT(ids(read_results(folder.path())), IsEmpty());
  EXPECT_THAT(ids(read_results(folder.file("none"))), IsEmpty());
  folder.write("results.jsonl", "");
  EXPECT_THAT(ids(read_results(folder.path())), IsEmpty());
}

TEST(ReadResults, LaterLinesReplaceEarlierOnes) {
  const TestFolder folder;
  CaseResult later = small_result("a");
  later.verdict = Verdict::flaky;
  folder.write("results.jsonl", line("a") + line("b") + to_json(later).dump() + "\n");
  const auto results = read_results(folder.path());
  EXPECT_THAT(ids(results), ElementsAre("a", "b"));
  EXPECT_EQ(results->at("a").verdict, Verdict::flaky);
}

TEST(ReadResults, EveryCutOfTheLastLineIsSkipped) {
  const TestFolder folder;
  for (std::size_t size = 0; size + 1 < line("b").size(); ++size) {
    folder.write("results.jsonl", line("a") + line("b").substr(0, size));
    const auto results = read_results(folder.path());
    ASSERT_TRUE(results) << size << ": " << results.error().text();
    EXPECT_EQ(results->count("a"), 1U);
  }
}

TEST(ReadResults, ABrokenLineBeforeTheLastIsAnErrorWithItsNumber) {
  const TestFolder folder;
  for (const std::string& broken : {std::string("{\"id\": \n"), std::string("[]\n"), std::string("{}\n")}) {
    folder.write("results.jsonl", line("a") + "\n" + broken + line("b"));
    const auto results = read_results(folder.path());
    ASSERT_FALSE(results) << broken;
    EXPECT_EQ(results.error().file, folder.file("results.jsonl"));
    EXPECT_EQ(results.error().line, 3) << broken;
  }
  folder.write("results.jsonl", line("a") + "{\"id\":\n");
  EXPECT_EQ(read_results(folder.path()).error().text(),
            folder.file("results.jsonl") + ":2: not JSON, remove the line: its case will run again");
}

}  // namespace
}  // namespace hybugs
