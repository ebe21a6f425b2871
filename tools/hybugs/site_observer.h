// Trials of many cases for the site, kept: only what has changed runs again.
#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/hybugs/experiment.h"

namespace hybugs {

/// to_json(SiteTrials) by the case's id; cases that nothing can be said of are missing.
using SiteObservations = std::map<std::string, nlohmann::json>;

class SiteObserver {
 public:
  /// Keeps what was seen in <build>/site/observed.jsonl; a file that is damaged is begun anew.
  SiteObserver(const Session& session, Workshop& workshop, int jobs);

  /// Prints why a case can't be observed. An Error when nothing can be kept.
  Result<SiteObservations> run(const std::vector<const CaseSpec*>& cases);

 private:
  Result<void> read_earlier();
  std::string key_of(const CaseSpec& spec) const;
  Result<void> run_trials(const std::vector<const CaseSpec*>& cases);
  nlohmann::json observe(const CaseSpec& spec, Worker& worker) const;

  const Session& session_;
  Workshop& workshop_;
  int jobs_;
  std::string file_;
  std::map<std::string, nlohmann::json> earlier_;  // lines of the file, by id
  SiteObservations observed_;
};

}  // namespace hybugs
