// The skeleton of a new case.
#pragma once

#include <map>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "harness/io/ledger.h"

namespace hybugs {

/// What is known of a new case; empty fields become texts that say TODO, which `hybugs check` refuses.
struct NewCase {
  std::string id;
  std::string title;
  Source source;
  StudyLabels study;
  std::string domain;
  std::string mechanism;
};

/// Fills in what the ledger knows and `fresh` leaves open.
void complete_from(const LedgerRow& row, NewCase& fresh);

/// The words that the templates leave open, by name: ID, TITLE, SOURCE, STUDY, DOMAIN, MECHANISM; as YAML.
std::map<std::string, std::string> template_words(const NewCase& fresh);

/// `text` with each known `@NAME@` replaced.
std::string fill_template(const std::string& text, const std::map<std::string, std::string>& words);

/// Writes the files of a case into `folder`, which exists.
Result<void> write_case(const std::string& templates, const std::string& folder, const NewCase& fresh);

}  // namespace hybugs
