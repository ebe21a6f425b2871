#include "harness/exec/candidate_build.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string diff_of(const std::string& old_name, const std::string& new_name) {
  return "--- " + old_name + "\n+++ " + new_name + "\n@@ -1 +1 @@\n-x\n+y\n";
}

TEST(FilesOfPatch, AreThoseThatItsHeadersName) {
  EXPECT_THAT(files_of_patch(diff_of("a/hybrid.cpp", "b/hybrid.cpp")), ElementsAre("hybrid.cpp"));
  EXPECT_THAT(files_of_patch(diff_of("hybrid.cpp\t2026-01-01", "./hybrid.cpp")), ElementsAre("hybrid.cpp"));
  EXPECT_THAT(files_of_patch(diff_of("a/hybrid.cpp\r", "b/../case.yaml\r")), ElementsAre("hybrid.cpp", "../case.yaml"));
  EXPECT_THAT(files_of_patch(diff_of("/dev/null", "/etc/passwd")), ElementsAre("/etc/passwd"));
  EXPECT_THAT(files_of_patch("diff --git a/hybrid.cpp b/x.cpp\nrename from hybrid.cpp\nrename to x.cpp\n"),
              ElementsAre("hybrid.cpp", "x.cpp"));
}

TEST(FilesOfPatch, LinesOfAHunkAreNoHeaders) {
  const std::string patch =
      "--- a/hybrid.cpp\n+++ b/hybrid.cpp\n@@ -1,2 +1,2 @@\n--- a/program.h\n+++ b/program.h\n context\n";
  EXPECT_THAT(files_of_patch(patch), ElementsAre("hybrid.cpp"));
}

Prediction patch_of(const std::string& text) {
  Prediction prediction;
  prediction.patch = text;
  return prediction;
}

EvaluationStatus refused(const std::string& patch) {
  const auto verdict = refuse_patch(patch_of(patch));
  return verdict ? verdict->status : EvaluationStatus::resolved;
}

TEST(RefusePatch, BeforeItIsApplied) {
  EXPECT_EQ(refused(diff_of("a/hybrid.cpp", "b/hybrid.cpp")), EvaluationStatus::resolved);
  EXPECT_EQ(refused(""), EvaluationStatus::not_applied);
  EXPECT_EQ(refused(" \r\n\n"), EvaluationStatus::not_applied);
  EXPECT_EQ(refused("1d\n.\nw\n"), EvaluationStatus::not_applied);
  EXPECT_EQ(refused(diff_of("a/program.h", "b/program.h")), EvaluationStatus::rejected);
  EXPECT_EQ(refused(diff_of("a/hybrid.cpp", "b/hybrid.cpp") + diff_of("a/case.yaml", "b/case.yaml")),
            EvaluationStatus::rejected);
  EXPECT_EQ(refused("diff --git a/hybrid.cpp b/hybrid.cpp\nGIT binary patch\nliteral 3\n"), EvaluationStatus::rejected);
  EXPECT_EQ(refused(diff_of("a/hybrid.cpp", "b/hybrid.cpp") + std::string(kLargestPatch, '+')),
            EvaluationStatus::rejected);
  EXPECT_THAT(refuse_patch(patch_of(diff_of("a/x/../../program.h", "b/x/../../program.h")))->evidence,
              HasSubstr("touches x/../../program.h; only hybrid.cpp may change"));
}

TEST(RefusePatch, AWholeFileNeedsNoHunk) {
  Prediction prediction;
  prediction.whole_file = true;
  prediction.file = "int x;";
  EXPECT_FALSE(refuse_patch(prediction));
  prediction.file = "";
  EXPECT_EQ(refuse_patch(prediction)->status, EvaluationStatus::not_applied);
}

TEST(CandidateSandbox, CarriesNothingOfItsOwnEnvironmentIn) {
  const CandidateSandbox sandbox = CandidateSandbox::probe();
  if (sandbox.level() == CandidateLevel::weak) GTEST_SKIP() << "no user namespaces here: " << sandbox.reason();
  ::setenv("HYBUGS_SECRET", "do-not-tell", 1);
  const auto run = [&](const std::string& script) {
    const auto output =
        run_command({sandbox.wrap({"bash", "-c", script}, {{"SHOWN", "yes"}}, {}, {}, 7), {}, {}, "/", true}, 20);
    return output ? output->output : output.error().text();
  };
  EXPECT_EQ(run("echo $SHOWN"), "yes\n");
  EXPECT_THAT(run("cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'"), testing::Not(HasSubstr("do-not-tell")));
  EXPECT_EQ(run("ls / | tr '\\n' ' '"), "bin dev etc lib lib64 proc sbin tmp usr ");
  EXPECT_THAT(run("cat /proc/net/dev | wc -l"), HasSubstr("3")) << "loopback alone";
  EXPECT_THAT(run("touch /usr/x /x /dev/shm/x 2>&1"), HasSubstr("Read-only file system"));
  EXPECT_THAT(run("grep Seccomp: /proc/self/status"), HasSubstr("2"));
  EXPECT_THAT(run("exec 2>&1; echo > /dev/tcp/127.0.0.1/9"), HasSubstr("Operation not permitted"));
  EXPECT_THAT(run("unshare -U true 2>&1"), HasSubstr("unshare failed"));
  EXPECT_THAT(run("head -c 200M /dev/zero > /tmp/big 2>&1; stat -c %s /tmp/big"), testing::Not(HasSubstr("209715200")));
}

}  // namespace
}  // namespace hybugs
