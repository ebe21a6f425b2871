#include "harness/report/text_table.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace hybugs {
namespace {

constexpr int kGap = 2;

std::string blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

std::string padded(const Cell& cell, const Column& column, int width, bool colour) {
  const std::string text = fit(cell.text, width);
  const std::string padding = blanks(width - display_width(text));
  const std::string shown = painted(text, cell.style, colour);
  return column.align == Column::Align::right ? padding + shown : shown + padding;
}

void end_line(std::string& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

int sum_with_gaps(const std::vector<int>& widths) {
  const int columns = static_cast<int>(widths.size());
  return std::accumulate(widths.begin(), widths.end(), 0) + kGap * std::max(0, columns - 1);
}

}  // namespace

std::string painted(const std::string& text, const Style& style, bool colour) {
  return colour && !text.empty() ? fmt::format(style, "{}", text) : text;
}

void TextTable::add(std::vector<Cell> row) {
  row.resize(columns_.size(), Cell(""));
  rows_.push_back(std::move(row));
}

std::vector<int> TextTable::natural_widths() const {
  std::vector<int> result;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int width = std::max(display_width(columns_[i].title), columns_[i].at_least);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i].text));
    result.push_back(width);
  }
  return result;
}

int TextTable::least_width() const {
  std::vector<int> result = natural_widths();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].at_least > 0) result[i] = columns_[i].at_least;
  }
  return sum_with_gaps(result);
}

// What is too much is taken from the flexible columns, from the right.
std::vector<int> TextTable::widths(int width) const {
  std::vector<int> result = natural_widths();
  int excess = sum_with_gaps(result) - width;
  for (std::size_t i = columns_.size(); i-- > 0 && excess > 0;) {
    if (columns_[i].at_least == 0) continue;
    const int taken = std::min(excess, result[i] - columns_[i].at_least);
    result[i] -= taken;
    excess -= taken;
  }
  return result;
}

std::string TextTable::text(int width, bool colour) const {
  const std::vector<int> column_widths = widths(width);
  std::vector<Cell> titles;
  for (const Column& column : columns_) titles.emplace_back(column.title, kBold);
  std::string out;
  const auto add_line = [&](const std::vector<Cell>& row) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      line += (i == 0 ? "" : blanks(kGap)) + padded(row[i], columns_[i], column_widths[i], colour);
    }
    end_line(out, std::move(line));
  };
  const bool titled = std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return !c.title.empty(); });
  if (titled) add_line(titles);
  for (const auto& row : rows_) add_line(row);
  return out;
}

}  // namespace hybugs
