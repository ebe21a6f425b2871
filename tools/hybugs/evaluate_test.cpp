// hybugs evaluate and regrade as a black box: real candidates in the real sandbox.
#include <gmock/gmock.h>
#include <signal.h>

#include <map>

#include "tools/hybugs/cli_fixture.h"

namespace hybugs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kTargets = HYBUGS_SOURCE_DIR "/harness/testdata/attacks/targets";

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::string kRightPatch =
    "--- a/hybrid.cpp\n+++ b/hybrid.cpp\n@@ -12,3 +12,3 @@\n"
    "   static Values traced_layer(const Values& in) {\n"
    "-    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });\n"
    "+    return layer(in, rows_of);\n"
    "   }\n";

class EvaluateTest : public CandidateTest {
 protected:
  static json prediction(const std::string& model, const std::string& key, const std::string& text,
                         const std::string& id = "attack-shape") {
    return {{"instance_id", id}, {"model_name_or_path", model}, {key, text}};
  }

  void write_predictions(const std::vector<json>& predictions) const {
    std::string lines;
    for (const json& line : predictions)
      lines += line.is_string() ? line.get<std::string>() + "\n" : line.dump() + "\n";
    write("predictions.jsonl", lines);
  }

  std::vector<std::string> evaluation(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {
        "--cases",       kTargets, "evaluate", "--predictions", (folder_ / "predictions.jsonl").string(), "--output",
        output_folder(), "--seed", "7"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  CommandOutput evaluate(const std::vector<std::string>& more = {"--no-gate"}) const {
    return hybugs(evaluation(more));
  }

  json report() const { return json::parse(text_of(output_folder() + "/report.json"), nullptr, false); }

  // Model -> status; "twin" models would hide each other.
  std::map<std::string, std::string> statuses() const {
    std::map<std::string, std::string> found;
    const json whole = report();
    for (const json& result : whole["results"]) found[result["model_name_or_path"]] = result["verdict"]["status"];
    return found;
  }
};

TEST_F(EvaluateTest, EveryKindOfPredictionHasItsStatus) {
  const std::string buggy = text_of(std::string(kTargets) + "/attack-shape/buggy.cpp");
  std::string eager = buggy;
  eager.replace(eager.find("    if (!graph_)"),
                eager.find("return (*graph_)(in);") + 21 - eager.find("    if (!graph_)"),
                "    return layer(in, rows_of);");
  write_predictions(
      {prediction("right", "model_patch", kRightPatch),
       prediction("right file", "model_file", text_of(std::string(kTargets) + "/attack-shape/fixed.cpp")),
       prediction("unchanged", "model_file", buggy), prediction("eager", "model_file", eager),
       prediction("empty", "model_patch", ""),
       prediction("elsewhere", "model_patch", "--- a/program.h\n+++ b/program.h\n@@ -1 +1 @@\n-x\n+y\n"),
       prediction("stale", "model_patch", "--- a/hybrid.cpp\n+++ b/hybrid.cpp\n@@ -1 +1 @@\n-not there\n+y\n"),
       prediction("no program", "model_file", "int x"),
       prediction("exits", "model_file", "#include <cstdlib>\nint unused = [] { std::exit(0); return 0; }();\n"),
       prediction("crash", "model_file",
                  "#include \"program.h\"\nnamespace { struct Hybrid : hybugs::Program { Values call(const Values&) "
                  "override { volatile int* nowhere = nullptr; return {Values{}[*nowhere]}; } }; }\n"
                  "HYBUGS_CASE(scenario, Eager, Hybrid)\n"),
       prediction("waits", "model_file",
                  "#include \"program.h\"\nnamespace { struct Hybrid : hybugs::Program { Values call(const Values& in) "
                  "override { for (volatile int i = 0;;) i = i + 1; return in; } }; }\n"
                  "HYBUGS_CASE(scenario, Eager, Hybrid)\n")});
  const auto output = evaluate();
  EXPECT_EQ(output.status, 0) << output.output;
  const std::map<std::string, std::string> expected = {
      {"right", "resolved"},    {"right file", "resolved"}, {"unchanged", "unresolved"}, {"eager", "graph_dropped"},
      {"empty", "not_applied"}, {"elsewhere", "rejected"},  {"stale", "not_applied"},    {"no program", "not_compiled"},
      {"exits", "rejected"},    {"crash", "crashed"},       {"waits", "timed_out"}};
  EXPECT_EQ(statuses(), expected);
  const json stale = report()["results"][6];
  EXPECT_THAT(stale["verdict"]["evidence"].get<std::string>(),
              AllOf(HasSubstr("-not there"), Not(HasSubstr("read-only"))))
      << "the hunk is shown, and nothing of how it was tried";
  EXPECT_EQ(report()["models"]["right"]["rate"], 1.0);
  EXPECT_THAT(text_of(output_folder() + "/junit.xml"), HasSubstr("<testsuite name=\"right\""));
  EXPECT_THAT(text_of(output_folder() + "/report.md"), HasSubstr("Resolved: 1 of 1"));
}

TEST_F(EvaluateTest, LinesThatAreNoPredictionAreSaidAndTheOthersGoOn) {
  write_predictions({prediction("right", "model_patch", kRightPatch), json("{\"instance_id\": "),
                     prediction("right", "model_patch", kRightPatch),
                     prediction("right", "model_patch", kRightPatch, "atack-shape")});
  const auto output = evaluate();
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, HasSubstr("predictions.jsonl:2: is no JSON object"));
  EXPECT_THAT(output.output, HasSubstr("predictions.jsonl:3: attack-shape of right was predicted in line 1 already"));
  EXPECT_THAT(output.output, HasSubstr("predictions.jsonl:4: no case 'atack-shape', did you mean 'attack-shape'?"));
  EXPECT_EQ(report()["results"].size(), 1U);
  EXPECT_EQ(report()["input_errors"].size(), 3U);
}

TEST_F(EvaluateTest, TheGateJudgesTheCasesOwnProgramsAndIsReused) {
  write_predictions({prediction("right", "model_patch", kRightPatch)});
  EXPECT_EQ(evaluate({}).status, 0);
  EXPECT_EQ(report()["settings"]["gate"], "passed");
  fs::remove_all(output_folder());
  const auto again = evaluate({});
  EXPECT_THAT(again.output, Not(HasSubstr("attack-shape gold"))) << "nothing has changed since";
  EXPECT_EQ(report()["settings"]["gate"], "passed");
}

TEST_F(EvaluateTest, GoldIsResolvedAndStockIsNot) {
  const auto output = hybugs({"--cases", kTargets, "evaluate", "--gold", "--stock", "--output", output_folder()});
  EXPECT_EQ(output.status, 0) << output.output;
  EXPECT_EQ(report()["models"]["gold"]["rate"], 1.0);
  EXPECT_EQ(report()["models"]["stock"]["rate"], 0.0);
}

TEST_F(EvaluateTest, AfterAKillTheReportIsThatOfAnUndisturbedRun) {
  std::vector<json> predictions;
  for (const char* model : {"a", "b", "c", "d"}) predictions.push_back(prediction(model, "model_patch", kRightPatch));
  write_predictions(predictions);
  const auto child = spawn(command(evaluation({"--no-gate", "-j1"})));
  ASSERT_TRUE(child);
  wait_for_results(1);
  ::kill(child->pid, SIGKILL);
  wait_for(*child);
  EXPECT_TRUE(all_gone_soon());
  const std::size_t kept = result_lines().size();
  const auto resumed = evaluate({"--no-gate", "--resume"});
  EXPECT_EQ(resumed.status, 0) << resumed.output;
  EXPECT_EQ(result_lines().size(), predictions.size()) << "nothing is judged twice";
  EXPECT_LT(kept, predictions.size());
  const auto first = statuses();
  const json verdict = report()["results"][3]["verdict"];
  fs::remove_all(output_folder());
  EXPECT_EQ(evaluate().status, 0);
  EXPECT_EQ(statuses(), first);
  EXPECT_EQ(report()["results"][3]["verdict"], verdict);
}

TEST_F(EvaluateTest, VerdictsCanBeFormedAgainFromTheRecords) {
  write_predictions(
      {prediction("right", "model_patch", kRightPatch),
       prediction("unchanged", "model_file", text_of(std::string(kTargets) + "/attack-shape/buggy.cpp"))});
  EXPECT_EQ(evaluate().status, 0);
  const auto again = hybugs({"--cases", kTargets, "regrade", output_folder()});
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("2 verdicts formed again, 0 changed"));
  // A report that says something else than its records.
  std::string forged = text_of(output_folder() + "/report.json");
  const std::size_t at = forged.find("\"unresolved\"");
  ASSERT_NE(at, std::string::npos);
  write("results/report.json", forged.replace(at, 12, "\"resolved\""));
  const auto found = hybugs({"--cases", kTargets, "regrade", output_folder()});
  EXPECT_EQ(found.status, 1);
  EXPECT_THAT(found.output, HasSubstr("attack-shape of unchanged: resolved -> unresolved"));
  EXPECT_EQ(statuses()["unchanged"], "unresolved");
}

TEST_F(EvaluateTest, AnAttackThatDoesNotExistIsSaid) {
  const auto output = hybugs({"selftest", "--attacks", "no-such-attack"});
  EXPECT_EQ(output.status, 2) << output.output;
  EXPECT_THAT(output.output, HasSubstr("there is no attack 'no-such-attack'"));
}

TEST_F(EvaluateTest, WhatCantBeJudgedIsSaidFirst) {
  EXPECT_EQ(hybugs({"evaluate", "--output", output_folder()}).status, 2);
  write("predictions.jsonl", "");
  const auto output = evaluate();
  EXPECT_EQ(output.status, 2);
  EXPECT_THAT(output.output, HasSubstr("predictions.jsonl: is empty"));
}

}  // namespace
}  // namespace hybugs
