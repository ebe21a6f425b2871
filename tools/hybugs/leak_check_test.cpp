#include "tools/hybugs/leak_check.h"

#include <gmock/gmock.h>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

struct Example {
  const char* name;
  const char* task;
  const char* program;
  const char* hybrid;
  const char* fixed;
  const char* leak;  // part of what is said; empty: none
};

class FindLeaks : public testing::TestWithParam<Example> {
 protected:
  static std::vector<Leak> leaks_of(const Example& example) {
    CaseSpec spec;
    spec.id = "net-0123456";
    spec.source = {Source::Kind::report,
                   "owner/deep-net",
                   "0123456789abcdef0123456789abcdef01234567",
                   12345,
                   "https://example.org/12345",
                   "2020"};
    spec.failure.message = "must match";
    const TaskFiles files = {{"TASK.md", example.task}, {"program.h", example.program}, {"hybrid.cpp", example.hybrid}};
    return find_leaks(spec, files, {{"TASK.md", "The graph and its calls."}}, example.fixed);
  }
};

std::string name_of(const testing::TestParamInfo<Example>& example) {
  return example.param.name;
}

TEST_P(FindLeaks, Finds) {
  const auto leaks = leaks_of(GetParam());
  if (*GetParam().leak == '\0') {
    EXPECT_THAT(leaks, IsEmpty()) << leaks.front().what;
  } else {
    EXPECT_THAT(leaks, Contains(Field(&Leak::what, HasSubstr(GetParam().leak))));
  }
}

TEST(FindLeaksOfAProject, ThatIsCalledAsTheFrameworkLeavesTheWordAlone) {
  CaseSpec spec;
  spec.id = "torch-1";
  spec.source.project = "someone/torch";
  const TaskFiles files = {{"TASK.md", "It adds."}, {"program.h", "torch::add(x, x);"}, {"hybrid.cpp", ""}};
  EXPECT_THAT(find_leaks(spec, files, {}, ""), IsEmpty());
  const TaskFiles named = {{"TASK.md", "As in someone/torch."}, {"program.h", ""}, {"hybrid.cpp", ""}};
  EXPECT_THAT(find_leaks(spec, named, {}, ""), Contains(Field(&Leak::what, HasSubstr("is the project"))));
}

INSTANTIATE_TEST_SUITE_P(
    Repair, FindLeaks,
    testing::Values(
        Example{"Nothing", "It doubles.", "f(x);", "g(x);", "h(x);", ""},
        Example{"NameInTask", "Use a NoGradGuard.", "", "g();", "NoGradGuard g();", "'nogradguard'"},
        Example{"NameInComment", "", "// see set_grad_enabled", "g();", "set_grad_enabled(g());", "'set_grad_enabled'"},
        Example{"NameInCommentOfTheBug", "", "", "g(); // needs dynamic_shape", "g(dynamic_shape);", "'dynamic_shape'"},
        Example{"WordOfAScript", "It should not clone.", "", "g();", "run(\"x.clone()\");", "'clone'"},
        Example{"MemberWithUnderscore", "What is frozen stays.", "", "g();", "g(frozen_);", "'frozen'"},
        Example{"KnownFromTheBug", "It clones by clone.", "", "clone();", "x.clone();", ""},
        Example{"KnownFromTheProgram", "It clones by clone.", "clone();", "", "x.clone();", ""},
        Example{"CommentOfTheRepair", "It is detached.", "", "g();", "g(); // detached now", ""},
        Example{"SaidOnlyInAComment", "", "// detach() it", "", "x.detach();", "'detach'"},
        Example{"WordOfEveryTask", "A graph of calls.", "", "", "graph(calls);", ""},
        Example{"NounInProse", "A list of draws.", "", "", "list(draws);", ""},
        Example{"NounAsCode", "Call `list` of x.", "", "", "list(draws);", "'list'"},
        Example{"NounAsCall", "Try list(x).", "", "", "list(draws);", "'list'"},
        Example{"NounAsMember", "Look at x.list there.", "", "", "list(draws);", "'list'"},
        Example{"Keyword", "This or else.", "", "", "this; else;", ""},
        Example{"ShortWord", "The map.", "", "", "map(x);", ""}),
    name_of);

INSTANTIATE_TEST_SUITE_P(Source, FindLeaks,
                         testing::Values(Example{"Project", "From owner/deep-net.", "", "", "", "'owner/deep-net'"},
                                         Example{"Name", "", "// Deep-Net's step", "", "", "'deep-net'"},
                                         Example{"NameAsIdentifier", "", "", "class Deep_Net;", "", "'deep_net'"},
                                         Example{"PartOfAWord", "A deep-network.", "", "", "", ""},
                                         Example{"Commit", "", "// since 0123456789", "", "", "is the commit"},
                                         Example{"Number", "See #12345.", "", "", "", "the issue's number"},
                                         Example{"BareNumber", "", "// 12345", "", "", "the issue's number"},
                                         Example{"OtherNumber", "", "x = 123456;", "", "", ""},
                                         Example{"Link", "", "// https://arxiv.org/abs/1", "", "", "is a link"},
                                         Example{"Id", "", "// net-0123456", "", "", "the case's id"},
                                         Example{"Message", "It says sizes must match.", "", "", "", "the pattern of"},
                                         Example{"MessageThrown", "", "", "throw \"must match\";", "", ""}),
                         name_of);

TEST(CheckLeaks, NamesTheCasesFileAndLine) {
  const TestFolder folder;
  folder.write("buggy.cpp", "int a;\n// see frozen_copy\n");
  folder.write("program.h", "int x;\n");
  folder.write("fixed.cpp", "int frozen_copy;\n");
  CaseSpec spec;
  spec.folder = folder.path();
  spec.task = "A task about frozen_copy.";
  const Errors errors = check_leaks(spec, HYBUGS_SOURCE_DIR "/tools/hybugs/templates", "cases/x");
  EXPECT_THAT(errors, Contains(AllOf(Field(&Error::file, "cases/x/buggy.cpp"), Field(&Error::line, 2))));
  EXPECT_THAT(errors, Contains(AllOf(Field(&Error::file, "cases/x/case.yaml"),
                                     Field(&Error::message, HasSubstr("'frozen_copy' is a word of the repair")))));
  EXPECT_EQ(errors.size(), 2U);
}

}  // namespace
}  // namespace hybugs
