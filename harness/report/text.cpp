#include "harness/report/text.h"

#include <fmt/format.h>
#include <locale.h>
#include <wchar.h>
#include <wctype.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hybugs {
namespace {

/// The C library knows UTF-8 and the widths of Unicode, but only in a UTF-8 locale, which the user's may not be.
class Utf8Locale {
 public:
  Utf8Locale() : previous_(::uselocale(utf8())) {}
  ~Utf8Locale() { ::uselocale(previous_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  static locale_t utf8() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }
  locale_t previous_;
};

int width_of(wchar_t c) {
  if (::iswcntrl(static_cast<wint_t>(c)) != 0) return -1;
  const int width = ::wcwidth(c);
  return width < 0 ? 1 : width;  // not assigned yet
}

bool is_blank(char32_t c) {
  return c >= U'\t' && c <= U'\r';
}

/// Text with these reads otherwise than it is.
bool turns_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// What stands for a code point in a line of text.
CodePoint shown(const CodePoint& code_point) {
  if (is_blank(code_point.value)) return {U' ', " ", 1};
  return code_point.width < 0 || turns_direction(code_point.value) ? kReplacement : code_point;
}

void add_word(std::string& line, int& line_width, std::string_view word, int width, int indent, std::string& out) {
  const int word_width = display_width(word);
  if (!line.empty() && line_width + 1 + word_width > width) {
    out += line + "\n";
    line.clear();
  }
  if (line.empty()) {
    line = std::string(static_cast<std::size_t>(indent), ' ');
    line_width = indent;
  } else {
    line += ' ';
    ++line_width;
  }
  line += word;
  line_width += word_width;
}

std::string wrap_line(std::string_view text, int width, int indent) {
  std::string out, line;
  int line_width = 0;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    if (text.empty()) break;
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    add_word(line, line_width, word, width, indent, out);
    text.remove_prefix(word.size());
  }
  return out + line + "\n";
}

}  // namespace

std::vector<CodePoint> code_points(std::string_view text) {
  const Utf8Locale locale;
  std::vector<CodePoint> result;
  result.reserve(text.size());
  while (!text.empty()) {
    wchar_t c = 0;
    mbstate_t state{};
    const std::size_t size = ::mbrtowc(&c, text.data(), text.size(), &state);
    const bool broken = size > text.size() || c > 0x10FFFF;   // size -1: wrong, -2: cut off
    const std::size_t used = broken || size == 0 ? 1 : size;  // 0: the null character
    result.push_back(broken ? kReplacement : CodePoint{static_cast<char32_t>(c), text.substr(0, used), width_of(c)});
    text.remove_prefix(used);
  }
  return result;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const CodePoint& code_point : code_points(text)) line += shown(code_point).bytes;
  return line;
}

int display_width(std::string_view text) {
  int width = 0;
  for (const CodePoint& code_point : code_points(text)) width += shown(code_point).width;
  return width;
}

std::string fit(std::string_view text, int width) {
  if (width <= 0) return "";
  std::string line, cut;  // `cut`: as much as fits beside the ellipsis
  int used = 0;
  for (const CodePoint& code_point : code_points(text)) {
    const CodePoint c = shown(code_point);
    used += c.width;
    if (used > width) return cut + "…";
    line += c.bytes;
    if (used < width) cut = line;
  }
  return line;
}

std::string wrap(std::string_view text, int width, int indent) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += wrap_line(text.substr(0, end), width, indent);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string duration_text(double seconds) {
  if (!(seconds > 0)) return "0 s";
  if (seconds < 0.9995e-3) return fmt::format("{:.0f} us", seconds * 1e6);
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string counted(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace hybugs
