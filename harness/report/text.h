// Text for terminals: how wide it is, where it breaks, what must not be printed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hybugs {

struct CodePoint {
  char32_t value = 0;
  std::string_view bytes;  // its UTF-8
  int width = 0;  // columns of a terminal: 0 for combining marks, 2 for East Asian wide ones, -1 for control characters
};

/// What stands for a byte that is no UTF-8, and for characters that can't be shown.
inline constexpr CodePoint kReplacement{0xFFFD, "\xEF\xBF\xBD", 1};

/// The code points of UTF-8 text, as views into it. Each byte that is no UTF-8 becomes kReplacement.
std::vector<CodePoint> code_points(std::string_view text);

/// `text` without what disturbs a terminal or ends a line: white space becomes blanks; other control characters,
/// those that turn the direction of writing, and broken UTF-8 become U+FFFD.
std::string one_line(std::string_view text);

/// Columns that one_line(text) takes.
int display_width(std::string_view text);

/// one_line(text), cut to at most `width` columns; what was cut ends with `…`.
std::string fit(std::string_view text, int width);

/// Words, filled into lines of at most `width` columns that start with `indent` blanks each. Line breaks of `text`
/// stay; longer words get a line of their own. Ends with a line break unless it is empty.
std::string wrap(std::string_view text, int width, int indent = 0);

/// `850 us`, `38 ms`, `1.2 s`, `3 min 5 s`, `2 h 4 min`.
std::string duration_text(double seconds);

/// `1 case`, `16 cases`.
std::string counted(std::size_t count, const std::string& noun);

}  // namespace hybugs
