// Which cases a command is asked for.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

/// A case has to meet every list that isn't empty, with one of its words.
struct CaseFilter {
  std::vector<std::string> mechanisms;
  std::vector<std::string> symptoms;
  std::vector<std::string> categories;  // of the study; upper and lower case don't matter
  std::vector<std::string> ids;         // a part of the id, or a pattern with * ? [ for all of it
};

bool matches(const CaseFilter& filter, const CaseSpec& spec);

/// The words that no case could ever have, with what was probably meant.
Errors unknown_words(const CaseFilter& filter);

}  // namespace hybugs
