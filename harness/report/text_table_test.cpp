#include "harness/report/text_table.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using Align = Column::Align;

TEST(TextTable, IsAsWideAsItsCells) {
  TextTable table({{"id"}, {"count", Align::right}, {"note"}});
  table.add({"a", "7", "first"});
  table.add({"long-name", "1234567"});
  EXPECT_EQ(table.text(80, false),
            "id           count  note\n"
            "a                7  first\n"
            "long-name  1234567\n");
}

TEST(TextTable, CutsFlexibleColumnsOnly) {
  TextTable table({{"id"}, {"evidence", Align::left, 8}, {"time", Align::right}});
  table.add({"case", "a long story about a bug", "3 s"});
  EXPECT_EQ(table.least_width(), 4 + 2 + 8 + 2 + 4);
  EXPECT_EQ(table.text(24, false),
            "id    evidence      time\n"
            "case  a long stor…   3 s\n");
  EXPECT_EQ(table.text(5, false),  // no room even for the least
            "id    evidence  time\n"
            "case  a long …   3 s\n");
}

TEST(TextTable, CutsFromTheRight) {
  TextTable table({{"", Align::left, 2}, {"", Align::left, 3}});
  table.add({"abcdef", "uvwxyz"});
  EXPECT_EQ(table.text(11, false), "abcdef  uv…\n");
  EXPECT_EQ(table.text(8, false), "ab…  uv…\n");
}

TEST(TextTable, CountsColumnsNotBytes) {
  TextTable table({{""}, {""}});
  table.add({"図形", "x"});
  table.add({"Käfer", "y"});
  EXPECT_EQ(table.text(80, false), "図形   x\nKäfer  y\n");
}

TEST(TextTable, KeepsEachRowOnOneLine) {
  TextTable table({{""}});
  table.add({"a\nb"});
  EXPECT_EQ(table.text(80, false), "a b\n");
}

TEST(TextTable, PaintsWordsButNoBlanks) {
  TextTable table({{"id"}, {"note"}});
  table.add({{"a", kRed}, "x"});
  EXPECT_EQ(table.text(80, true), "\x1b[1mid\x1b[0m  \x1b[1mnote\x1b[0m\n\x1b[31ma\x1b[0m   x\n");
}

TEST(Painted, IsPlainWithoutColour) {
  EXPECT_EQ(painted("x", kRed, false), "x");
  EXPECT_EQ(painted("x", kPlain, true), "x");
  EXPECT_EQ(painted("", kRed, true), "");
}

}  // namespace
}  // namespace hybugs
