// What the programs of a case do, call by call, for readers: one trial of each, nothing that is judged.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/trial_record.h"
#include "harness/exec/builder.h"
#include "harness/exec/worker.h"

namespace hybugs {

/// The trials of one seed. The observed ones count operators and keep the text of the graph; the buggy program of a
/// hang isn't observed.
struct SiteTrials {
  std::uint64_t seed = 0;
  TrialRecord eager;
  TrialRecord buggy;
  TrialRecord fixed;
  std::optional<TrialRecord> observed_buggy;
  std::optional<TrialRecord> observed_fixed;
};

SiteTrials run_site_trials(Worker& worker, const Paths& paths, const CaseSpec& spec);

/// The object `observed` of a case in the export; tools/site/README.md describes it.
nlohmann::json to_json(const SiteTrials& trials, const CaseSpec& spec);

/// Why a record says nothing about its program; empty: it does.
std::string failure_of(const SiteTrials& trials);

}  // namespace hybugs
