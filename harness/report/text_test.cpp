#include "harness/report/text.h"

#include <gmock/gmock.h>

#include <clocale>
#include <limits>

namespace hybugs {
namespace {

TEST(CodePoints, CountColumns) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("Käfer"), 5);
  EXPECT_EQ(display_width("Ka\u0308fer"), 5);  // the dots are a mark of their own
  EXPECT_EQ(display_width("図形"), 4);
  EXPECT_EQ(display_width("a\u200Bb"), 2);    // zero width space
  EXPECT_EQ(display_width("\U0010FFFD"), 1);  // private use
}

TEST(CodePoints, DontDependOnTheUsersLocale) {
  ASSERT_NE(std::setlocale(LC_ALL, "C"), nullptr);
  EXPECT_EQ(display_width("図形"), 4);
  EXPECT_EQ(fit("図形", 3), "図…");
}

TEST(CodePoints, ReplaceEachByteThatIsNoUtf8) {
  EXPECT_EQ(one_line("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(one_line("a\xE5\x9B"), "a\uFFFD\uFFFD");                    // cut off
  EXPECT_EQ(one_line("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // half of a surrogate pair
  EXPECT_EQ(one_line("\xC0\xAF"), "\uFFFD\uFFFD");                      // longer than needed
  EXPECT_EQ(one_line("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond Unicode
}

TEST(OneLine, LetsNothingThroughThatDisturbsATerminal) {
  EXPECT_EQ(one_line("a\nb\tc\r\nd"), "a b c  d");
  EXPECT_EQ(one_line("\x1b[31mred"), "\uFFFD[31mred");
  EXPECT_EQ(one_line("a\u0085\u009Bb"), "a\uFFFD\uFFFDb");  // C1: next line, control sequence introducer
  EXPECT_EQ(one_line(std::string_view("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(one_line("a\u202Eb"), "a\uFFFDb");
}

struct Fit {
  const char* text;
  int width;
  const char* expected;
};

class FitTest : public testing::TestWithParam<Fit> {};

TEST_P(FitTest, NeverTakesMoreThanTheWidth) {
  const std::string fitted = fit(GetParam().text, GetParam().width);
  EXPECT_EQ(fitted, GetParam().expected);
  EXPECT_LE(display_width(fitted), GetParam().width);
}

INSTANTIATE_TEST_SUITE_P(Texts, FitTest,
                         testing::Values(Fit{"abc", 3, "abc"}, Fit{"abcd", 3, "ab…"}, Fit{"abc", 1, "…"},
                                         Fit{"abc", 0, ""}, Fit{"", 0, ""}, Fit{"", 5, ""}, Fit{"図形図", 6, "図形図"},
                                         Fit{"図形図", 5, "図形…"},
                                         Fit{"図形図", 4, "図…"},                     // half a character is none
                                         Fit{"e\u0301e\u0301", 2, "e\u0301e\u0301"},  // a mark at the edge stays
                                         Fit{"e\u0301e\u0301e", 2, "e\u0301…"}, Fit{"a\nb", 3, "a b"}));

TEST(Wrap, FillsLines) {
  EXPECT_EQ(wrap("one two three four", 9), "one two\nthree\nfour\n");
  EXPECT_EQ(wrap("one two three", 9, 2), "  one two\n  three\n");
  EXPECT_EQ(wrap("図形 図形", 9), "図形 図形\n");
  EXPECT_EQ(wrap("図形 図形", 8), "図形\n図形\n");
}

TEST(Wrap, KeepsLineBreaksAndLongWords) {
  EXPECT_EQ(wrap("one\n\ntwo  three\n", 20, 1), " one\n\n two three\n");
  EXPECT_EQ(wrap("see https://example.org/x", 8), "see\nhttps://example.org/x\n");
  EXPECT_EQ(wrap("", 8), "");
  EXPECT_EQ(wrap("\n", 8), "");
}

struct Duration {
  double seconds;
  const char* expected;
};

class DurationTest : public testing::TestWithParam<Duration> {};

TEST_P(DurationTest, HasTheUnitThatFits) {
  EXPECT_EQ(duration_text(GetParam().seconds), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Durations, DurationTest,
                         testing::Values(Duration{0, "0 s"}, Duration{-1, "0 s"},
                                         Duration{std::numeric_limits<double>::quiet_NaN(), "0 s"},
                                         Duration{85e-6, "85 us"}, Duration{0.9994e-3, "999 us"},
                                         Duration{0.9996e-3, "1 ms"}, Duration{0.0384, "38 ms"},
                                         Duration{0.9996, "1.0 s"}, Duration{1.23, "1.2 s"}, Duration{59.94, "59.9 s"},
                                         Duration{59.96, "1 min 0 s"}, Duration{185.4, "3 min 5 s"},
                                         Duration{3599.6, "1 h 0 min"}, Duration{7440, "2 h 4 min"}));

TEST(Counted, KnowsThePlural) {
  EXPECT_EQ(counted(0, "case"), "0 cases");
  EXPECT_EQ(counted(1, "case"), "1 case");
  EXPECT_EQ(counted(16, "case"), "16 cases");
}

}  // namespace
}  // namespace hybugs
