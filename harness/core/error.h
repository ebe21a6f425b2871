// A mistake in the user's input, as a value: what is wrong, where, and what to do next.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace hybugs {

struct Error {
  std::string file;     // empty: not about a file
  int line = 0;         // 1-based; 0: about the whole file
  std::string message;  // what is wrong
  std::string hint;     // what to do next; may be empty

  /// `file:line: message, hint`, without the parts that are missing.
  std::string text() const;
};

using Errors = std::vector<Error>;

template <typename T>
using Result = tl::expected<T, Error>;

using Unexpected = tl::unexpected<Error>;

/// The candidate nearest to `word` by edit distance, or an empty string when none is near enough to be meant.
std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates);

/// `, did you mean 'symptom'?` or an empty string.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace hybugs
