// Parts of Markdown documents. Internal to report/.
#pragma once

#include <string>

namespace hybugs {

/// One line of text in which Markdown sees nothing but text, for a cell of a table.
std::string markdown_cell(const std::string& text);

}  // namespace hybugs
