// A table of text for terminals, pipes and files.
#pragma once

#include <fmt/color.h>

#include <string>
#include <vector>

#include "harness/report/text.h"

namespace hybugs {

using Style = fmt::text_style;

inline const Style kPlain{};
inline const Style kBold = fmt::emphasis::bold;
inline const Style kDim = fmt::emphasis::faint;
inline const Style kRed = fmt::fg(fmt::terminal_color::red);
inline const Style kGreen = fmt::fg(fmt::terminal_color::green);
inline const Style kYellow = fmt::fg(fmt::terminal_color::yellow);
inline const Style kCyan = fmt::fg(fmt::terminal_color::cyan);

/// `text` in a style, where there is colour.
std::string painted(const std::string& text, const Style& style, bool colour);

struct Column {
  enum class Align { left, right };
  std::string title;
  Align align = Align::left;
  int at_least = 0;  // above 0: the column is flexible, cells are cut down to this width where the table is too wide
};

struct Cell {
  Cell(std::string text_, Style style_ = {}) : text(std::move(text_)), style(style_) {}  // NOLINT: words become cells
  Cell(const char* text_) : text(text_) {}                                               // NOLINT
  std::string text;
  Style style;
};

/// Columns are as wide as their widest cell, two blanks apart; no line ends with blanks.
class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell a column; missing ones are empty.
  void add(std::vector<Cell> row);

  /// The least width that cuts no cell but those of flexible columns.
  int least_width() const;

  /// The lines, with the titles first (unless all are empty). Wider than `width` only where least_width() is.
  std::string text(int width, bool colour) const;

 private:
  std::vector<int> natural_widths() const;
  std::vector<int> widths(int width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace hybugs
