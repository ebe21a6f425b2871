#include "tools/hybugs/case_filter.h"

#include <fmt/format.h>
#include <fnmatch.h>
#include <strings.h>

#include <algorithm>

#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

bool same_word(const std::string& a, const std::string& b) {
  return ::strcasecmp(a.c_str(), b.c_str()) == 0;
}

bool names_id(const std::string& pattern, const std::string& id) {
  if (pattern.find_first_of("*?[") == std::string::npos) return id.find(pattern) != std::string::npos;
  return ::fnmatch(pattern.c_str(), id.c_str(), 0) == 0;
}

template <typename Meets>
bool any_or_none_asked(const std::vector<std::string>& words, const Meets& meets) {
  return words.empty() || std::any_of(words.begin(), words.end(), meets);
}

void add_unknown(const std::vector<std::string>& asked, const char* what, const std::vector<std::string>& known,
                 Errors& errors) {
  for (const std::string& word : asked) {
    if (std::any_of(known.begin(), known.end(), [&](const auto& candidate) { return same_word(word, candidate); })) {
      continue;
    }
    errors.push_back({"", 0, fmt::format("unknown {} '{}'{}", what, word, did_you_mean(word, known)),
                      fmt::format("known: {}", fmt::join(known, ", "))});
  }
}

std::vector<std::string> mechanism_ids() {
  std::vector<std::string> ids;
  for (const Mechanism& mechanism : mechanisms()) ids.emplace_back(mechanism.id);
  return ids;
}

}  // namespace

bool matches(const CaseFilter& filter, const CaseSpec& spec) {
  const auto is = [](const std::string& value) {
    return [value](const std::string& word) { return same_word(word, value); };
  };
  return any_or_none_asked(filter.mechanisms, is(spec.mechanism)) &&
         any_or_none_asked(filter.symptoms, is(to_string(spec.symptom))) &&
         any_or_none_asked(filter.categories, is(spec.study.category)) &&
         any_or_none_asked(filter.ids, [&](const std::string& pattern) { return names_id(pattern, spec.id); });
}

Errors unknown_words(const CaseFilter& filter) {
  Errors errors;
  add_unknown(filter.mechanisms, "mechanism", mechanism_ids(), errors);
  add_unknown(filter.symptoms, "symptom", names<Symptom>(), errors);
  add_unknown(filter.categories, "category", study_categories(), errors);
  return errors;
}

}  // namespace hybugs
