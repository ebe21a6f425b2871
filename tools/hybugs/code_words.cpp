#include "tools/hybugs/code_words.h"

#include <re2/re2.h>

#include <algorithm>

namespace hybugs {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

bool is_alphanumeric(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

// The end of a raw string literal that begins with R" at `at`: RE2 knows no back references.
std::size_t end_of_raw_string(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == std::string_view::npos) return text.size();
  const std::string close = ")" + std::string(text.substr(at + 2, open - at - 2)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

std::string_view trimmed(std::string_view word) {
  while (!word.empty() && word.front() == '_') word.remove_prefix(1);
  while (!word.empty() && word.back() == '_') word.remove_suffix(1);
  return word;
}

// Nothing but underscores between `at` and what isn't part of an identifier, in steps of `step`.
bool stands_free(std::string_view text, std::size_t at, int step) {
  while (at < text.size() && text[at] == '_') at += static_cast<std::size_t>(step);  // -1 wraps to the largest number
  return at >= text.size() || !is_alphanumeric(text[at]);
}

}  // namespace

std::string without_comments(std::string_view text) {
  static const RE2 piece(R"re((?s)//[^\n]*|/\*.*?\*/|R"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')re");
  std::string code;
  std::size_t at = 0;
  re2::StringPiece found;
  const re2::StringPiece whole(text.data(), text.size());
  while (piece.Match(whole, at, whole.size(), RE2::UNANCHORED, &found, 1)) {
    const auto begin = static_cast<std::size_t>(found.data() - whole.data());
    const bool raw = found == "R\"";
    const std::size_t end = raw ? end_of_raw_string(text, begin) : begin + found.size();
    code += text.substr(at, begin - at);
    code += found[0] == '/' ? std::string_view(" ") : text.substr(begin, end - begin);
    at = end;
  }
  return code + std::string(text.substr(at));
}

std::set<std::string> words_of(std::string_view text, std::size_t shortest) {
  static const RE2 identifier("([A-Za-z_][A-Za-z0-9_]*)");
  std::set<std::string> words;
  re2::StringPiece rest(text.data(), text.size());
  for (std::string found; RE2::FindAndConsume(&rest, identifier, &found);) {
    const std::string_view word = trimmed(found);
    if (word.size() >= shortest) words.insert(lower(word));
  }
  return words;
}

int line_of(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return 0;
  const std::string haystack = lower(text);
  const std::string needle = lower(phrase);
  for (std::size_t at = haystack.find(needle); at != std::string::npos; at = haystack.find(needle, at + 1)) {
    if (!stands_free(haystack, at - 1, -1) || !stands_free(haystack, at + needle.size(), 1)) continue;
    return 1 + static_cast<int>(std::count(haystack.begin(), haystack.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }
  return 0;
}

}  // namespace hybugs
