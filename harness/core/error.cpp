#include "harness/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace hybugs {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string text) {
  for (char& c : text) c = lower(c);
  return text;
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
/// (optimal string alignment: Damerau, 1964).
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before, previous, row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = previous;
    previous = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

/// More than a third of the letters wrong is another word, not a slip.
std::size_t largest_slip(std::size_t length, std::size_t other_length) {
  return std::max<std::size_t>(1, std::max(length, other_length) / 3);
}

std::string place(const Error& error) {
  if (error.file.empty()) return "";
  return error.line > 0 ? fmt::format("{}:{}: ", error.file, error.line) : fmt::format("{}: ", error.file);
}

}  // namespace

std::string Error::text() const {
  const std::string separator = message.empty() || hint.empty() ? "" : ", ";
  return place(*this) + message + separator + hint;
}

std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates) {
  std::string nearest;
  std::size_t nearest_distance = word.size();  // as many edits as letters: nothing is left of the word
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(lower(word), lower(candidate));
    if (distance >= nearest_distance || distance > largest_slip(word.size(), candidate.size())) continue;
    nearest = candidate;
    nearest_distance = distance;
  }
  return nearest;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_word(word, candidates);
  return nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest);
}

}  // namespace hybugs
