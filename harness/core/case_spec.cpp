#include "harness/core/case_spec.h"

#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <sstream>

namespace hybugs {
namespace {

constexpr std::size_t kMostParts = 4;  // of a version: 2.14.1.1

/// A version's numbers, so that 2.14 is later than 2.6, and padded, so that 2.6 is 2.6.0.
using Version = std::vector<int>;

/// Reads the numbers from the front; what may follow them (`+cpu`, `a0+git123`) says nothing about order here.
std::optional<Version> parse_version(const std::string& text) {
  static const RE2 pattern(R"(^(\d{1,9}(?:\.\d{1,9}){0,3}))");
  std::string numbers;
  if (!RE2::PartialMatch(text, pattern, &numbers)) return std::nullopt;
  Version version;
  std::istringstream parts(numbers);
  for (std::string part; std::getline(parts, part, '.');) version.push_back(std::stoi(part));
  version.resize(kMostParts);
  return version;
}

bool compares(const Version& version, const std::string& comparison, const Version& bound) {
  if (comparison == "<") return version < bound;
  if (comparison == "<=") return version <= bound;
  if (comparison == ">") return version > bound;
  if (comparison == ">=") return version >= bound;
  return version == bound;
}

bool within_bound(const Version& version, const std::string& bound) {
  static const RE2 pattern(R"(\s*([<>=]+)\s*(\S+)\s*)");
  std::string comparison;
  std::string limit;
  return RE2::FullMatch(bound, pattern, &comparison, &limit) && compares(version, comparison, *parse_version(limit));
}

}  // namespace

std::vector<std::string> CaseSpec::wrong_variants() const {
  std::vector<std::string> wrong;
  std::copy_if(variants.begin(), variants.end(), std::back_inserter(wrong),
               [](const std::string& name) { return name.rfind("wrong_", 0) == 0; });
  return wrong;
}

bool is_timed(const CaseSpec& spec) {
  return spec.symptom == Symptom::slow || spec.symptom == Symptom::memory;
}

const Expectation* expectation_for(const CaseSpec& spec, const std::string& libtorch_version) {
  for (const Expectation& expectation : spec.expect) {
    if (version_in_range(libtorch_version, expectation.libtorch)) return &expectation;
  }
  return nullptr;
}

Verdict expected_verdict(const CaseSpec& spec, const std::string& libtorch_version) {
  const Expectation* expectation = expectation_for(spec, libtorch_version);
  return expectation == nullptr ? Verdict::reproduced : expectation->verdict;
}

bool version_in_range(const std::string& version, const std::string& range) {
  const std::optional<Version> parsed = parse_version(version);
  if (!parsed || !is_version_range(range)) return false;
  std::istringstream bounds(range);
  for (std::string bound; std::getline(bounds, bound, ',');) {
    if (!within_bound(*parsed, bound)) return false;
  }
  return true;
}

bool is_version_range(const std::string& range) {
  static const std::string bound = R"(\s*(?:<|<=|==|>=|>)\s*\d{1,9}(?:\.\d{1,9}){0,3}\s*)";
  static const RE2 pattern(bound + "(?:," + bound + ")*");
  return RE2::FullMatch(range, pattern);
}

}  // namespace hybugs
