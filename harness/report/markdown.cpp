#include "harness/report/markdown.h"

#include "harness/report/text.h"

namespace hybugs {

std::string markdown_cell(const std::string& text) {
  std::string escaped;
  for (char c : one_line(text)) {
    if (c == '|' || c == '\\' || c == '`' || c == '<' || c == '*' || c == '_' || c == '[') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace hybugs
