// What a result depends on, as a hash.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "harness/exec/builder.h"
#include "harness/exec/case_runner.h"
#include "harness/exec/toolchain.h"

namespace hybugs {

/// SHA-256 of named pieces, in hexadecimal; the names and lengths are part of it.
class Hash {
 public:
  Hash();
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;
  ~Hash();

  void add(const std::string& name, const std::string& content);
  /// A file's content under `name`; a missing file counts as such.
  void add_file(const std::string& name, const std::string& path);
  std::string hex();

 private:
  void* context_;
};

/// The case's sources (program.h and all variants), what case.yaml declares for the judge, and the headers of the SDK
/// that the sources include, directly or not. Texts for people and what other LibTorch versions give are left out.
std::string hash_of_case(const CaseSpec& spec, const Paths& paths);

/// All cases together, texts for people included.
std::string hash_of_corpus(const std::vector<const CaseSpec*>& cases, const Paths& paths);

/// All that a result depends on: the case with the SDK, compiler and flags, LibTorch, BLAS, seeds, the harness itself.
std::string result_key(const CaseSpec& spec, const Paths& paths, const Toolchain& toolchain, const TrialPlan& plan,
                       const std::string& extra);

}  // namespace hybugs
