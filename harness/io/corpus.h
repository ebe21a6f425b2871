// A folder of cases.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

struct Corpus {
  std::string folder;           // absolute path
  std::vector<CaseSpec> cases;  // the valid ones, sorted by id
  Errors errors;                // of all the others

  const CaseSpec* find(const std::string& id) const;
  std::vector<std::string> ids() const;
};

/// Loads every case of `folder`; hidden folders and files beside the cases are none. `cache_file` (may be empty: no
/// cache) keeps what was parsed, keyed by size and times of case.yaml and by the times of the case's folder, which
/// change with the names in it; an unreadable or foreign cache is ignored and rewritten, one that can't be written is
/// no error.
Corpus load_corpus(const std::string& folder, const std::string& cache_file);

/// `[A-Za-z0-9][A-Za-z0-9._-]*`: what a case id may look like.
bool is_case_id(const std::string& id);

}  // namespace hybugs
