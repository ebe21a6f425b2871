// The export that tools/site makes its pages from: one JSON object, described in tools/site/README.md.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/exec/builder.h"
#include "harness/io/corpus.h"
#include "harness/io/ledger.h"
#include "tools/hybugs/site_results.h"

namespace hybugs {

/// Version of the export's schema; tools/site refuses others.
inline constexpr int kSiteSchema = 1;

/// For whom it is. Students get no repair and nothing that leads to one: no fixed or wrong program, no story, lesson
/// or source, no graph of the repair. What isn't in the export can't be on a page.
enum class Audience : std::uint8_t { everybody, students };

struct SiteInputs {
  const Corpus& corpus;
  std::vector<const CaseSpec*> cases;  // that get a page
  const Ledger& ledger;
  const PublishedResults& published;
  std::map<std::string, nlohmann::json> observed;  // by id; to_json(SiteTrials); missing: not measured
  std::string commit;
  std::string date;
  Audience audience = Audience::everybody;
};

/// An Error when a file of a case can't be read.
Result<nlohmann::json> site_json(const SiteInputs& inputs, const Paths& paths);

}  // namespace hybugs
