#include "harness/io/case_yaml.h"

#include <gmock/gmock.h>

#include <csignal>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  CaseSpec spec;
  std::vector<std::string> errors;
};

Read read_folder(const TestFolder& folder, const std::string& id = "x") {
  Read read;
  for (const Error& error : read_case(folder.file(id), "cases/" + id, read.spec)) read.errors.push_back(error.text());
  return read;
}

Read read_text(const std::string& yaml) {
  const TestFolder folder;
  write_case(folder, "x", yaml);
  return read_folder(folder);
}

/// The valid case with one piece of text changed.
Read read_with(const std::string& from, const std::string& to) {
  return read_text(replaced(kValidCase, from, to));
}
Read read_plus(const std::string& more) {
  return read_text(kValidCase + more);
}

TEST(ReadCase, FillsTheSpec) {
  const TestFolder folder;
  write_case(folder, "x");
  folder.write("x/wrong_size.cpp", "");
  const Read read = read_folder(folder);
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.spec.id, "x");
  EXPECT_EQ(read.spec.folder, folder.file("x"));
  EXPECT_THAT(read.spec.variants, ElementsAre("buggy", "fixed", "wrong_size"));
  EXPECT_EQ(read.spec.title, "A title");
  EXPECT_EQ(read.spec.source.kind, Source::Kind::commit);
  EXPECT_EQ(read.spec.source.project, "owner/name");
  EXPECT_EQ(read.spec.source.commit, "0123456789abcdef0123456789abcdef01234567");
  EXPECT_EQ(read.spec.source.url, "https://github.com/owner/name/commit/0123456789abcdef0123456789abcdef01234567");
  EXPECT_EQ(read.spec.source.date, "2020-08-13");
  EXPECT_EQ(read.spec.study.category, "API Misuse");
  EXPECT_EQ(read.spec.study.cause, "Use of graph mode");
  EXPECT_EQ(read.spec.study.symptom, "Unexpected behavior");
  EXPECT_EQ(read.spec.study.fix, "Use tf.function");
  EXPECT_EQ(read.spec.mechanism, "shape-baked");
  EXPECT_EQ(read.spec.graph, GraphKind::trace);
  EXPECT_EQ(read.spec.symptom, Symptom::wrong_result);
  EXPECT_EQ(read.spec.failure.call, 2);
  EXPECT_EQ(read.spec.failure.output, 1);
  EXPECT_EQ(read.spec.task, "The task");
  EXPECT_EQ(read.spec.story, "The story");
  EXPECT_EQ(read.spec.lesson, "The lesson");
  EXPECT_EQ(read.spec.faithfulness.level, FaithfulnessLevel::high);
  EXPECT_EQ(read.spec.faithfulness.note, "The same");
}

TEST(ReadCase, LeavesDefaultsWhereNothingIsSaid) {
  const CaseSpec spec = read_text(kValidCase).spec;
  EXPECT_EQ(spec.timeout_s, 10);
  EXPECT_EQ(spec.memory_mb, 1024);
  EXPECT_EQ(spec.threads.intra, 1);
  EXPECT_EQ(spec.threads.inter, std::nullopt);
  EXPECT_FALSE(spec.tolerance.has_value());
  EXPECT_THAT(spec.hints, IsEmpty());
  EXPECT_EQ(spec.difficulty, 0);
  EXPECT_FALSE(spec.compare.requires_grad);
  EXPECT_FALSE(spec.compare.inputs);
  EXPECT_FALSE(spec.fix.graph_dropped);
  EXPECT_FALSE(spec.fix.free_operators);
  EXPECT_FALSE(spec.study.assigned);
  EXPECT_THAT(spec.expect, IsEmpty());
}

TEST(ReadCase, ReadsEveryOptionalKey) {
  const Read read = read_plus(
      "domain: particle physics\n"
      "tolerance: {rtol: 1e-12, atol: 0}\n"
      "compare: {requires_grad: true, inputs: true, message: 'bad (input|call)'}\n"
      "threads: {intra: 2, inter: 3}\n"
      "timeout_s: 2.5\n"
      "memory_mb: 512\n"
      "fix: {graph: dropped, ops: free}\n"
      "expect:\n"
      "  - {libtorch: \"<2.0\", verdict: not_reproduced, because: no fusion}\n"
      "  - {libtorch: \">=2.6,<2.14\", verdict: unsupported, because: no operator}\n");
  EXPECT_THAT(read.errors, IsEmpty());
  const CaseSpec& spec = read.spec;
  EXPECT_EQ(spec.domain, "particle physics");
  EXPECT_EQ(spec.tolerance->rtol, 1e-12);
  EXPECT_EQ(spec.tolerance->atol, 0);
  EXPECT_TRUE(spec.compare.requires_grad && spec.compare.inputs);
  EXPECT_EQ(spec.compare.message, "bad (input|call)");
  EXPECT_EQ(spec.threads.intra, 2);
  EXPECT_EQ(spec.threads.inter, 3);
  EXPECT_EQ(spec.timeout_s, 2.5);
  EXPECT_EQ(spec.memory_mb, 512);
  EXPECT_TRUE(spec.fix.graph_dropped && spec.fix.free_operators);
  ASSERT_EQ(spec.expect.size(), 2U);
  EXPECT_EQ(spec.expect[1].libtorch, ">=2.6,<2.14");
  EXPECT_EQ(spec.expect[1].verdict, Verdict::unsupported);
  EXPECT_EQ(spec.expect[1].because, "no operator");
}

TEST(ReadCase, ReadsAReport) {
  const Read read = read_text(replaced(
      replaced(kValidCase, "kind: commit, project: owner/name, commit: 0123456789abcdef0123456789abcdef01234567",
               "kind: report, project: pytorch/pytorch, number: 51154, url: "
               "https://github.com/pytorch/pytorch/issues/51154"),
      "study: {", "study: {assigned: true, "));
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.spec.source.kind, Source::Kind::report);
  EXPECT_EQ(read.spec.source.number, 51154);
  EXPECT_EQ(read.spec.source.url, "https://github.com/pytorch/pytorch/issues/51154");
  EXPECT_TRUE(read.spec.study.assigned);
}

constexpr const char* kSymptom = "symptom: wrong_result\nfailure: {call: 2, output: 1}\n";

TEST(ReadCase, ReadsTheKeysOfEachSymptom) {
  const Read exception = read_with(kSymptom, "symptom: exception\nfailure: {call: construct, message: 'sizes of'}\n");
  EXPECT_THAT(exception.errors, IsEmpty());
  EXPECT_EQ(exception.spec.failure.call, kConstruct);
  EXPECT_EQ(exception.spec.failure.message, "sizes of");

  const Read crash = read_with(kSymptom, "symptom: crash\nfailure: {call: 3, signal: SIGFPE}\n");
  EXPECT_THAT(crash.errors, IsEmpty());
  EXPECT_EQ(crash.spec.failure.signal, SIGFPE);

  const Read slow = read_with(kSymptom,
                              "symptom: slow\nmin_ratio: 1.5\ntiming: {call: 3, phase: new_shape}\n"
                              "measured: [{libtorch: 1.13.1, machine: a laptop, ratio: 2}]\n");
  EXPECT_THAT(slow.errors, IsEmpty());
  EXPECT_EQ(slow.spec.min_ratio, 1.5);
  EXPECT_EQ(slow.spec.timing.call, 3);
  EXPECT_EQ(slow.spec.timing.phase, TimingPhase::new_shape);
  ASSERT_EQ(slow.spec.measured.size(), 1U);
  EXPECT_EQ(slow.spec.measured[0].libtorch, "1.13.1");
  EXPECT_EQ(slow.spec.measured[0].machine, "a laptop");
  EXPECT_EQ(slow.spec.measured[0].ratio, 2);

  const Read memory = read_with(kSymptom, "symptom: memory\nmin_growth: 150000\n");
  EXPECT_THAT(memory.errors, IsEmpty());
  EXPECT_EQ(memory.spec.min_growth, 150000);

  for (const char* plain : {"hang", "no_graph", "wrong_result"}) {
    EXPECT_THAT(read_with(kSymptom, std::string("symptom: ") + plain + "\n").errors, IsEmpty()) << plain;
  }
}

TEST(ReadCase, AcceptsEveryWayToWriteText) {
  const Read read =
      read_with("task: The task\nstory: The story\nlesson: The lesson\n",
                "task: plain text\n  on two lines\nstory: >-\n  folded\n  text\nlesson: |\n  two\n  lines\n");
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.spec.task, "plain text on two lines");
  EXPECT_EQ(read.spec.story, "folded text");
  EXPECT_EQ(read.spec.lesson, "two\nlines\n");
}

TEST(ReadCase, LabelsMayBeMissingAsInTheStudy) {
  const std::string labels =
      "{category: API Misuse, cause: Use of graph mode, symptom: Unexpected behavior, fix: Use tf.function}";
  EXPECT_THAT(read_with(labels, "{}").errors, IsEmpty());
  EXPECT_THAT(read_with(labels, "{category: Other}").errors, IsEmpty());
  EXPECT_THAT(read_with(labels, "{symptom: None, fix: None}").errors, IsEmpty());
}

struct Mistake {
  const char* name;
  const char* from;
  const char* to;
  const char* error;  // of the only error, its beginning
};

void PrintTo(const Mistake& mistake, std::ostream* stream) {
  *stream << mistake.name;
}

class ReadCaseMistake : public testing::TestWithParam<Mistake> {};

TEST_P(ReadCaseMistake, IsTheOnlyErrorAndHasItsLine) {
  const Mistake& mistake = GetParam();
  const Read read = read_with(mistake.from, mistake.to);
  ASSERT_EQ(read.errors.size(), 1U) << testing::PrintToString(read.errors);
  EXPECT_THAT(read.errors[0], testing::StartsWith(std::string("cases/x/") + mistake.error));
}

TEST(ReadCase, ReadsWhatStudentsNeed) {
  const Read read = read_with("lesson: The lesson\n",
                              "lesson: The lesson\nhints:\n- Look at it.\n- >-\n  Look\n  closer.\ndifficulty: 2\n"
                              "prerequisites: [batch normalisation]\n");
  EXPECT_THAT(read.errors, IsEmpty());
  EXPECT_THAT(read.spec.hints, ElementsAre("Look at it.", "Look closer."));
  EXPECT_EQ(read.spec.difficulty, 2);
  EXPECT_THAT(read.spec.prerequisites, ElementsAre("batch normalisation"));
}

const Mistake kKeys[] = {
    {"Unknown", "symptom: w", "symptons: w", "case.yaml:6: unknown key 'symptons', did you mean 'symptom'?"},
    {"UnknownWithoutNeighbour",
     "graph:", "banana: 1\ngraph:", "case.yaml:5: unknown key 'banana', known keys: source, "},
    {"UnknownWithin", "output: 1", "outptu: 1", "case.yaml:7: unknown key 'outptu' in failure, did you mean 'output'?"},
    {"Duplicate", "story: The story", "task: Again\nstory: The story",
     "case.yaml:9: duplicate key 'task', first on line 8"},
    {"DuplicateWithin", "{call: 2, output: 1}", "{call: 2, call: 3}",
     "case.yaml:7: duplicate key 'failure.call', first on line 7"},
    {"NoWord", "graph:", "[a]: 1\ngraph:", "case.yaml:5: a key must be a word"},
    {"MissingTitle", "title: A title\n", "", "case.yaml: missing key 'title'"},
    {"MissingStudy",
     "study: {category: API Misuse, cause: Use of graph mode, symptom: Unexpected behavior, fix: Use "
     "tf.function}\n",
     "", "case.yaml: missing key 'study'"},
    {"MissingMechanism", "mechanism: shape-baked\n", "", "case.yaml: missing key 'mechanism'"},
    {"MissingGraph", "graph: trace\n", "", "case.yaml: missing key 'graph'"},
    {"MissingSymptom", "symptom: wrong_result\n", "", "case.yaml: missing key 'symptom'"},
    {"MissingTask", "task: The task\n", "", "case.yaml: missing key 'task'"},
    {"MissingStory", "story: The story\n", "", "case.yaml: missing key 'story'"},
    {"MissingLesson", "lesson: The lesson\n", "", "case.yaml: missing key 'lesson'"},
    {"MissingFaithfulness", "faithfulness: {level: high, note: The same}\n", "",
     "case.yaml: missing key 'faithfulness'"},
    {"MissingLevel", "level: high, ", "", "case.yaml:11: missing key 'faithfulness.level'"},
    {"MissingNote", ", note: The same", "", "case.yaml:11: missing key 'faithfulness.note'"},
    {"MissingKind", "kind: commit, ", "", "case.yaml:2: missing key 'source.kind'"},
    {"MissingProject", "project: owner/name, ", "", "case.yaml:2: missing key 'source.project'"},
    {"MissingCommit", ", commit: 0123456789abcdef0123456789abcdef01234567", "",
     "case.yaml:2: missing key 'source.commit'"},
    {"MissingDate", ", date: 2020-08-13", "", "case.yaml:2: missing key 'source.date'"},
};

const Mistake kValues[] = {
    {"EmptyTitle", "title: A title", "title:", "case.yaml:1: title must be text, not empty"},
    {"EmptyText", "title: A title", "title: ''", "case.yaml:1: title is empty"},
    {"TitleOfTwoLines", "title: A title", "title: |\n  a\n  b", "case.yaml:1: title must be one line"},
    {"ListForText", "title: A title", "title: [a]", "case.yaml:1: title must be text, not a list"},
    {"TextForMapping", "{call: 2, output: 1}", "second call",
     "case.yaml:7: failure must be a mapping such as {key: value}, not 'second call'"},
    {"TextForTexts", "task:", "hints: look\ntask:", "case.yaml:8: hints must be a list of texts, not 'look'"},
    {"MappingAmongTexts",
     "task:", "hints:\n- look\n- {a: b}\ntask:", "case.yaml:10: hints[1] must be text, not a mapping"},
    {"TooDifficult", "task:", "difficulty: 4\ntask:", "case.yaml:8: difficulty must be 1 to 3, not 4"},
    {"TextForList", "task:", "expect: never\ntask:", "case.yaml:8: expect must be a list"},
    {"TextInList", "task:", "expect: [never]\ntask:", "case.yaml:8: expect[0] must be a mapping"},
    {"TextForNumber", "task:", "timeout_s: long\ntask:", "case.yaml:8: timeout_s must be a finite number, not 'long'"},
    {"InfiniteNumber", "task:", "timeout_s: .inf\ntask:", "case.yaml:8: timeout_s must be a finite number, not '.inf'"},
    {"NoTime", "task:", "timeout_s: 0\ntask:", "case.yaml:8: timeout_s must be more than 0, not 0"},
    {"NoMemory", "task:", "memory_mb: -1\ntask:", "case.yaml:8: memory_mb must be more than 0, not -1"},
    {"FractionForInteger", "call: 2", "call: 2.5", "case.yaml:7: failure.call must be an integer, not '2.5'"},
    {"HugeInteger", "call: 2", "call: 99999999999", "case.yaml:7: failure.call must be an integer"},
    {"NegativeCall", "call: 2", "call: -1", "case.yaml:7: failure.call must be at least 0, not -1"},
    {"NegativeOutput", "output: 1", "output: -1", "case.yaml:7: failure.output must be at least 0, not -1"},
    {"NoBool",
     "task:", "compare: {inputs: maybe}\ntask:", "case.yaml:8: compare.inputs must be true or false, not 'maybe'"},
    {"NoThreads", "task:", "threads: {intra: 0}\ntask:", "case.yaml:8: threads.intra must be at least 1, not 0"},
    {"NoInterThreads", "task:", "threads: {inter: 0}\ntask:", "case.yaml:8: threads.inter must be at least 1, not 0"},
    {"NegativeTolerance",
     "task:", "tolerance: {rtol: -1, atol: 0}\ntask:", "case.yaml:8: tolerance.rtol must be at least 0, not -1"},
    {"HalfATolerance", "task:", "tolerance: {rtol: 1e-3}\ntask:", "case.yaml:8: missing key 'tolerance.atol'"},
    {"ShortSha", "commit: 0123456789abcdef0123456789abcdef01234567", "commit: 0123456",
     "case.yaml:2: source.commit must be a full sha (40 hex digits in lower case), not '0123456'"},
    {"NoHexSha", "commit: 0123456789abcdef0123456789abcdef01234567", "commit: 0123456789abcdef0123456789abcdef0123456g",
     "case.yaml:2: source.commit must be a full sha"},
    {"NoProject", "owner/name", "name", "case.yaml:2: source.project must be owner/name, not 'name'"},
    {"NoDate", "2020-08-13", "13.8.2020", "case.yaml:2: source.date must be YYYY-MM-DD or YYYY-MM, not '13.8.2020'"},
    {"NoMonth", "2020-08-13", "2020-13", "case.yaml:2: source.date must be"},
    {"NumberOfACommit", "date:", "number: 3, date:", "case.yaml:2: source.number makes no sense: a commit has none"},
    {"NoUrl", "date:", "url: github, date:", "case.yaml:2: source.url must be a web address"},
    {"BadPattern", "task:", "compare: {message: 'a(b'}\ntask:",
     "case.yaml:8: compare.message is no regular expression: missing ): a(b"},
};

const Mistake kWords[] = {
    {"Symptom", "symptom: wrong_result", "symptom: wrong-result",
     "case.yaml:6: unknown symptom 'wrong-result', did you mean 'wrong_result'? It must be one of: wrong_result; "
     "exception;"},
    {"SymptomWithoutNeighbour", "symptom: wrong_result", "symptom: bad",
     "case.yaml:6: unknown symptom 'bad', one of: wrong_result; exception; crash; hang; slow; memory; no_graph"},
    {"Graph", "graph: trace", "graph: traced", "case.yaml:5: unknown graph 'traced', did you mean 'trace'?"},
    {"Level", "level: high", "level: hihg", "case.yaml:11: unknown faithfulness.level 'hihg', did you mean 'high'?"},
    {"Kind", "kind: commit", "kind: comit", "case.yaml:2: unknown source.kind 'comit', did you mean 'commit'?"},
    {"Mechanism", "shape-baked", "shape-backed",
     "case.yaml:4: unknown mechanism 'shape-backed', did you mean 'shape-baked'?"},
    {"MechanismWithPrefix", "shape-baked", "M-shape-baked",
     "case.yaml:4: unknown mechanism 'M-shape-baked', did you mean 'shape-baked'?"},
    {"Category", "API Misuse", "API misuse",
     "case.yaml:3: unknown study.category 'API misuse', did you mean 'API Misuse'?"},
    {"Cause", "Use of graph mode", "Graph mode",
     "case.yaml:3: unknown study.cause 'Graph mode', one of: API confusion"},
    {"StudySymptom", "Unexpected behavior", "Unexpected behaviour",
     "case.yaml:3: unknown study.symptom 'Unexpected behaviour', did you mean 'Unexpected behavior'?"},
    {"StudyFix", "Use tf.function", "Use tf.functions",
     "case.yaml:3: unknown study.fix 'Use tf.functions', did you mean 'Use tf.function'?"},
    {"FixGraph",
     "task:", "fix: {graph: droped}\ntask:", "case.yaml:8: unknown fix.graph 'droped', did you mean 'dropped'?"},
    {"FixOps", "task:", "fix: {ops: fixed}\ntask:", "case.yaml:8: unknown fix.ops 'fixed', one of: free"},
    {"Verdict", "task:", "expect: [{libtorch: \"<2\", verdict: unsuported, because: x}]\ntask:",
     "case.yaml:8: unknown expect[0].verdict 'unsuported', did you mean 'unsupported'?"},
    {"NoRange", "task:", "expect: [{libtorch: \"2.0\", verdict: flaky, because: x}]\ntask:",
     "case.yaml:8: expect[0].libtorch is no range of versions: '2.0'"},
    {"EmptyRange", "task:", "expect: [{libtorch: \">=2.6,<2.0\", verdict: flaky, because: x}]\ntask:",
     "case.yaml:8: expect[0].libtorch: no version lies in '>=2.6,<2.0'"},
    {"EmptyOpenRange", "task:", "expect: [{libtorch: \">2.6,<=2.6.0\", verdict: flaky, because: x}]\ntask:",
     "case.yaml:8: expect[0].libtorch: no version lies in"},
    {"NoReason",
     "task:", "expect:\n- {libtorch: \"<2\", verdict: flaky}\ntask:", "case.yaml:9: missing key 'expect[0].because'"},
};

const Mistake kSymptoms[] = {
    {"ExceptionWithoutFailure", kSymptom, "symptom: exception\n",
     "case.yaml: missing key 'failure', symptom exception needs it"},
    {"ExceptionWithoutMessage", kSymptom, "symptom: exception\nfailure: {call: 2}\n",
     "case.yaml:7: missing key 'failure.message', symptom exception needs it"},
    {"BadMessage", kSymptom, "symptom: exception\nfailure: {message: '*'}\n",
     "case.yaml:7: failure.message is no regular expression: no argument for repetition operator: *"},
    {"OutputOfException", kSymptom, "symptom: exception\nfailure: {message: m, output: 1}\n",
     "case.yaml:7: failure.output makes no sense for symptom exception, it belongs to wrong_result"},
    {"MessageOfResult", "output: 1", "message: m",
     "case.yaml:7: failure.message makes no sense for symptom wrong_result, it belongs to exception"},
    {"SignalOfResult", "output: 1", "signal: SIGFPE",
     "case.yaml:7: failure.signal makes no sense for symptom wrong_result, it belongs to crash"},
    {"UnknownSignal", kSymptom, "symptom: crash\nfailure: {signal: SIGFPR}\n",
     "case.yaml:7: unknown failure.signal 'SIGFPR', did you mean 'SIGFPE'?"},
    {"CallOfSlow", kSymptom, "symptom: slow\nmin_ratio: 2\ntiming: {call: 1}\nfailure: {call: 1}\n",
     "case.yaml:9: failure.call makes no sense for symptom slow, it belongs to wrong_result, exception, crash, hang"},
    {"SlowWithoutRatio", kSymptom, "symptom: slow\ntiming: {call: 1}\n",
     "case.yaml: missing key 'min_ratio', symptom slow needs it"},
    {"SlowWithoutTiming", kSymptom, "symptom: slow\nmin_ratio: 2\n",
     "case.yaml: missing key 'timing', symptom slow needs it"},
    {"RatioOfOne", kSymptom, "symptom: slow\nmin_ratio: 1\ntiming: {call: 1}\n",
     "case.yaml:7: min_ratio must be more than 1, not 1"},
    {"NegativeTimedCall", kSymptom, "symptom: slow\nmin_ratio: 2\ntiming: {call: -1}\n",
     "case.yaml:8: timing.call must be at least 0, not -1"},
    {"UnknownPhase", kSymptom, "symptom: slow\nmin_ratio: 2\ntiming: {phase: stedy}\n",
     "case.yaml:8: unknown timing.phase 'stedy', did you mean 'steady'?"},
    {"NoMeasuredRatio", kSymptom,
     "symptom: slow\nmin_ratio: 2\ntiming: {call: 1}\nmeasured: [{libtorch: 1.13.1, machine: m, ratio: 0}]\n",
     "case.yaml:9: measured[0].ratio must be more than 0, not 0"},
    {"RatioOfResult", "task:", "min_ratio: 2\ntask:", "case.yaml:8: min_ratio makes no sense for symptom wrong_result"},
    {"TimingOfResult",
     "task:", "timing: {call: 2}\ntask:", "case.yaml:8: timing makes no sense for symptom wrong_result"},
    {"MeasuredOfResult",
     "task:", "measured: []\ntask:", "case.yaml:8: measured makes no sense for symptom wrong_result"},
    {"GrowthOfResult",
     "task:", "min_growth: 2\ntask:", "case.yaml:8: min_growth makes no sense for symptom wrong_result"},
    {"MemoryWithoutGrowth", kSymptom, "symptom: memory\n",
     "case.yaml: missing key 'min_growth', symptom memory needs it"},
    {"NoGrowth", kSymptom, "symptom: memory\nmin_growth: 0\n", "case.yaml:7: min_growth must be more than 0, not 0"},
};

std::string name_of(const testing::TestParamInfo<Mistake>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Keys, ReadCaseMistake, testing::ValuesIn(kKeys), name_of);
INSTANTIATE_TEST_SUITE_P(Values, ReadCaseMistake, testing::ValuesIn(kValues), name_of);
INSTANTIATE_TEST_SUITE_P(Words, ReadCaseMistake, testing::ValuesIn(kWords), name_of);
INSTANTIATE_TEST_SUITE_P(Symptoms, ReadCaseMistake, testing::ValuesIn(kSymptoms), name_of);

TEST(ReadCase, RangesThatSomeVersionLiesInAreFine) {
  for (const char* range : {"<2.0", ">2.6", ">=2.6,<2.14", "==2.14.1", ">2.6,<2.6.1", ">1.2.3.4,<2", "<=0"}) {
    const std::string line = std::string("expect: [{libtorch: \"") + range + "\", verdict: flaky, because: x}]\n";
    EXPECT_THAT(read_plus(line).errors, IsEmpty()) << range;
  }
}

TEST(ReadCase, AReportNeedsNumberAndUrlAndNoCommit) {
  EXPECT_THAT(
      read_with("kind: commit", "kind: report").errors,
      testing::UnorderedElementsAre(HasSubstr("source.commit makes no sense: a report has none"),
                                    HasSubstr("missing key 'source.number'"), HasSubstr("missing key 'source.url'")));
}

TEST(ReadCase, TellsAllMistakesAtOnceInTheOrderOfLines) {
  const Read read = read_text(
      replaced(replaced(kValidCase + "tolerence: {rtol: 1}\n", "title: A title\n", ""), "call: 2", "call: two"));
  EXPECT_THAT(read.errors, ElementsAre(HasSubstr("case.yaml: missing key 'title'"),
                                       HasSubstr("case.yaml:6: failure.call must be an integer"),
                                       HasSubstr("case.yaml:11: unknown key 'tolerence', did you mean 'tolerance'?")));
}

TEST(ReadCase, MalformedYamlHasItsLine) {
  EXPECT_THAT(read_with("task: The task", "task: one: two").errors,
              ElementsAre(HasSubstr("case.yaml:8: malformed YAML")));
  EXPECT_THAT(read_with("output: 1}", "output: 1").errors, ElementsAre(HasSubstr("malformed YAML")));
  EXPECT_THAT(read_with("task:", "\ttask:").errors, ElementsAre(HasSubstr("case.yaml:8: malformed YAML")));
  EXPECT_THAT(read_with("The task", "*nothing").errors, ElementsAre(HasSubstr("case.yaml:8: malformed YAML")));
}

TEST(ReadCase, FilesThatAreNoMappingAreErrors) {
  EXPECT_THAT(read_text("").errors, ElementsAre("cases/x/case.yaml: the file is empty"));
  EXPECT_THAT(read_text("# nothing\n").errors, ElementsAre("cases/x/case.yaml: the file is empty"));
  EXPECT_THAT(read_text("- a\n").errors, ElementsAre(HasSubstr("case.yaml: the file must be a mapping")));
  EXPECT_THAT(read_plus("---\na: 1\n").errors, ElementsAre(HasSubstr("case.yaml:13: a second YAML document")));
}

TEST(ReadCase, SurvivesBytesThatAreNoText) {
  EXPECT_THAT(read_with("The task", "\xff\xfe\x80").errors, IsEmpty());
  EXPECT_FALSE(read_text(std::string("\0\x01\x02\xff", 4)).errors.empty());
}

TEST(ReadCase, NeedsCaseYamlBuggyAndFixed) {
  const TestFolder folder;
  folder.write("x/program.h", "");
  const Read read = read_folder(folder);
  EXPECT_THAT(read.errors, testing::UnorderedElementsAre(
                               HasSubstr("cases/x: there is no buggy.cpp"), HasSubstr("cases/x: there is no fixed.cpp"),
                               HasSubstr("cases/x/case.yaml: cannot read: No such file or directory")));
}

TEST(ReadCase, OtherSourcesAreErrors) {
  const TestFolder folder;
  write_case(folder, "x");
  for (const char* name : {"helper", "wrong", "wrong_", "wrong-size", "Fixed", "buggy2"}) {
    folder.write(std::string("x/") + name + ".cpp", "");
  }
  const Read read = read_folder(folder);
  EXPECT_EQ(read.errors.size(), 6U) << testing::PrintToString(read.errors);
  EXPECT_THAT(read.errors, testing::Contains(HasSubstr("cases/x/helper.cpp: this is no variant")));
  EXPECT_THAT(read.spec.variants, ElementsAre("buggy", "fixed"));
}

TEST(ReadCase, IsNamedAfterTheFolderHoweverThePathIsWritten) {
  const TestFolder folder;
  write_case(folder, "x");
  for (const char* path : {"x", "x/", "x/.", "x/../x"}) {
    CaseSpec spec;
    EXPECT_THAT(read_case(folder.file(path), "x", spec), IsEmpty()) << path;
    EXPECT_EQ(spec.id, "x") << path;
    EXPECT_EQ(spec.folder, folder.file("x")) << path;
  }
}

}  // namespace
}  // namespace hybugs
