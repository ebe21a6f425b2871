// The words of the corpus: every enumeration's spelling in YAML, reports and the command line, in one place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/evaluation.h"
#include "harness/core/trial_record.h"

namespace hybugs {

struct Word {
  int value;
  std::string_view name;
  std::string_view meaning;
};

/// The words of one enumeration, in its order.
template <typename Enum>
const std::vector<Word>& words();

template <>
const std::vector<Word>& words<Symptom>();
template <>
const std::vector<Word>& words<GraphKind>();
template <>
const std::vector<Word>& words<Verdict>();
template <>
const std::vector<Word>& words<TimingPhase>();
template <>
const std::vector<Word>& words<FaithfulnessLevel>();
template <>
const std::vector<Word>& words<Source::Kind>();
template <>
const std::vector<Word>& words<Outcome>();
template <>
const std::vector<Word>& words<Teardown>();
template <>
const std::vector<Word>& words<EvaluationStatus>();

template <typename Enum>
std::string to_string(Enum value) {
  for (const Word& word : words<Enum>()) {
    if (word.value == static_cast<int>(value)) return std::string(word.name);
  }
  return "?";
}

template <typename Enum>
std::optional<Enum> from_string(std::string_view name) {
  for (const Word& word : words<Enum>()) {
    if (word.name == name) return static_cast<Enum>(word.value);
  }
  return std::nullopt;
}

template <typename Enum>
std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const Word& word : words<Enum>()) result.emplace_back(word.name);
  return result;
}

struct Mechanism {
  std::string_view id;
  std::string_view meaning;
};

const std::vector<Mechanism>& mechanisms();

/// The study's own labels, as its data spell them.
const std::vector<std::string>& study_categories();
const std::vector<std::string>& study_causes();
const std::vector<std::string>& study_symptoms();
const std::vector<std::string>& study_fixes();

/// `SIGFPE` <-> 8; 0 and an empty string for what is unknown.
int signal_number(std::string_view name);
std::string signal_name(int number);

}  // namespace hybugs
