#include "tools/hybugs/code_words.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(WithoutComments, LeavesCodeAndStrings) {
  EXPECT_EQ(without_comments("a // b\nc /* d\n e */ f"), "a  \nc   f");
  EXPECT_EQ(without_comments(R"(x = "// no comment \" // nor this"; // one)"),
            R"(x = "// no comment \" // nor this";  )");
  EXPECT_EQ(without_comments("c = '\"'; // one"), "c = '\"';  ");
  EXPECT_EQ(without_comments("R\"py(def f(x): return \"// script\")py\" // one"),
            "R\"py(def f(x): return \"// script\")py\"  ");
  EXPECT_EQ(without_comments("R\"(never closed // x"), "R\"(never closed // x");
  EXPECT_EQ(without_comments(""), "");
}

TEST(WordsOf, AreIdentifiersInOneForm) {
  EXPECT_THAT(words_of("graph_ Graph graph2 _x set_grad(1e5)", 1),
              ElementsAre("e5", "graph", "graph2", "set_grad", "x"));
  EXPECT_THAT(words_of("def self step", 4), ElementsAre("self", "step"));
  EXPECT_THAT(words_of("___ 12 + -", 1), IsEmpty());
}

TEST(LineOf, FindsWhatStandsByItself) {
  EXPECT_EQ(line_of("one\ntwo Three\n", "three"), 2);
  EXPECT_EQ(line_of("graphs and a_graph\nthe graph.", "graph"), 2);
  EXPECT_EQ(line_of("int graph_ = 1;", "graph"), 1);
  EXPECT_EQ(line_of("a log_probability", "probability"), 0);
  EXPECT_EQ(line_of("see owner/name.", "owner/name"), 1);
  EXPECT_EQ(line_of("graph", "graph"), 1);
  EXPECT_EQ(line_of("anything", ""), 0);
}

}  // namespace
}  // namespace hybugs
