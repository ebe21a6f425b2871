// Parsed cases kept between runs: listing 300 cases takes milliseconds instead of a fifth of a second. Internal to io/.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"

namespace hybugs {

/// What tells one state of a case's folder from another, as far as CaseSpec depends on it: size and times of case.yaml,
/// and the times of the folder, which change with the names in it. Empty where something was written so lately that
/// another change might bear the same time: such a state isn't to be recognised.
std::string stamp_folder(const std::string& folder);

/// A valid case as it was parsed.
struct CachedCase {
  std::string stamp;
  CaseSpec spec;
};

/// The cases that this program parsed in `corpus_folder`, sorted by id. A missing, broken or foreign file is empty.
std::vector<CachedCase> read_cache(const std::string& file, const std::string& corpus_folder);

/// Readers see the old file or the new one. A file that can't be written is left alone: a cache never fails.
void write_cache(const std::string& file, const std::string& corpus_folder, const std::vector<CachedCase>& cases);

}  // namespace hybugs
