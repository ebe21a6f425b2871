// C++ text as words.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace hybugs {

/// The text without its comments; string literals stay, for scripts are in them.
std::string without_comments(std::string_view text);

/// The identifiers and words of a text, of `shortest` characters or more, in lower case and without underscores at
/// either end: `graph_` and `Graph` are one word, for neither hides the other.
std::set<std::string> words_of(std::string_view text, std::size_t shortest);

/// The line, from 1, where `phrase` stands by itself, in whatever case; 0: nowhere. Letters, digits and underscores
/// next to it make it a part of something else, except underscores at the ends of an identifier.
int line_of(std::string_view text, std::string_view phrase);

}  // namespace hybugs
