// A vocabulary of prefixes for typing ahead: words are counted, every prefix of an entry has to be an entry as well,
// and a table of sampling weights and vectors is built from the counts.
#pragma once

#include <stdexcept>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::IValue;
using torch::Tensor;
using Counts = c10::Dict<std::string, int64_t>;

constexpr int64_t kMost = 64, kWidth = 4;  // entries, numbers of a vector

/// What build() makes of the counts: the entries after it, the sum of all counts, each entry's sampling weight [n] and
/// vector [n, kWidth].
struct Built {
  Counts counts;
  int64_t total = 0;
  Tensor weights, vectors;
};

/// Calls: ("count", words) adds words to the counts and gives the number of entries. ("build") makes the table anew and
/// gives the entries in order, the sum of the counts, the weights and the vectors; if it throws, counts and table stay.
/// ("look up", words) gives the weights [n] and vectors [n, kWidth] of entries of the last table.
class Vocabulary : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& phase = in[0].toStringRef();
    if (phase == "count") {
      for (const IValue& word : in[1].toListRef()) count(word.toStringRef());
      return {static_cast<int64_t>(built_.counts.size())};
    }
    if (phase == "build") {
      built_ = build(built_.counts.copy(), start_);
      return {built_.counts.copy(), built_.total, built_.weights, built_.vectors};
    }
    std::vector<int64_t> rows;
    for (const IValue& word : in[1].toListRef()) rows.push_back(row(word.toStringRef()));
    const Tensor index = torch::tensor(rows, torch::kInt64);
    return {built_.weights.index_select(0, index), built_.vectors.index_select(0, index)};
  }

 protected:
  /// Gives each prefix that is missing the count of the entry that needs it, sums the counts, and makes the table from
  /// start vectors [kMost, kWidth]. The entries' number may not change on the way: then it throws.
  virtual Built build(Counts counts, const Tensor& start) = 0;

 private:
  void count(const std::string& word) {
    const auto entry = built_.counts.find(word);
    built_.counts.insert_or_assign(word, entry == built_.counts.end() ? 1 : entry->value() + 1);
  }

  int64_t row(const std::string& word) const {
    int64_t place = 0;
    for (const auto& entry : built_.counts) {
      if (entry.key() == word) return place;
      ++place;
    }
    throw std::out_of_range("no entry for " + word);
  }

  Built built_;
  Tensor start_ = torch::randn({kMost, kWidth}, torch::kFloat64);
};

class Eager : public Vocabulary {
 protected:
  Built build(Counts counts, const Tensor& start) override {
    std::vector<std::string> words;
    for (const auto& entry : counts) words.push_back(entry.key());
    const size_t entries = counts.size();
    int64_t total = 0;
    for (const std::string& word : words) {
      const std::string prefix = word.substr(0, word.size() - 1);
      if (!prefix.empty() && !counts.contains(prefix)) counts.insert(prefix, counts.at(word));
      total += counts.at(word);
      if (counts.size() != entries) throw std::runtime_error("dictionary changed size during iteration");
    }
    std::vector<int64_t> values;
    for (const auto& entry : counts) values.push_back(entry.value());
    const Tensor weights = torch::tensor(values, torch::kFloat64) / total;
    return {counts, total, weights, start.slice(0, 0, weights.size(0)) * weights.sqrt().unsqueeze(1)};
  }
};

/// Words whose prefixes are all there, then words with one or several prefixes missing, which are added later.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  using Words = std::vector<std::string>;
  const auto count = [](const Words& words) {
    Words many;
    for (const std::string& word : words) many.insert(many.end(), 1 + torch::randint(5, {1}).item().toLong(), word);
    return Values{"count", many};
  };
  return {count({"a", "ab", "abc", "t"}),
          {"build"},
          {"look up", Words({"abc", "t"})},
          count({"tree", "abc", "ac"}),
          {"build"},
          {"look up", Words({"ab", "a", "abc"})},
          count({"tr", "tre"}),
          {"build"},
          {"look up", Words({"tree", "tr", "t"})},
          count({"on"}),
          {"build"},
          {"look up", Words({"tree", "tre"})},
          count({"o", "one"}),
          {"build"},
          {"look up", Words({"one", "on", "o", "abc"})}};
}

}  // namespace
