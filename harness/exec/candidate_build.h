// From a prediction to a shared library: the patch is applied and the program compiled inside the candidates' sandbox.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/evaluation.h"
#include "harness/exec/builder.h"
#include "harness/exec/candidate_sandbox.h"

namespace hybugs {

/// A program as text, or why there is none.
struct PatchedProgram {
  std::string text;
  std::optional<EvaluationVerdict> refusal;
};

/// A library as bytes, or why there is none.
struct CompiledProgram {
  std::string library;  // path outside
  std::string log;      // of the compiler
  std::optional<EvaluationVerdict> refusal;
};

/// What a candidate's host runs, as it is seen inside the sandbox.
struct CandidatePaths {
  std::string host;
  std::string library;
  std::string reference;
};

/// Copies of all that candidates may see, readable by users without privileges: the host, the SDK's headers, and for
/// each case program.h and a library with its scenario and its eager program. Removed when it is destroyed.
class CandidateStage {
 public:
  /// Makes the folder.
  static Result<std::unique_ptr<CandidateStage>> make(const Paths& paths, const CandidateSandbox& sandbox);
  CandidateStage(const CandidateStage&) = delete;
  CandidateStage& operator=(const CandidateStage&) = delete;
  ~CandidateStage();

  /// Copies the case's files and, made once for each build, the precompiled header that its candidates are compiled
  /// with. Its buggy variant, which candidates know anyway, is the reference.
  Result<void> add_case(const CaseSpec& spec) const;

  /// The new hybrid.cpp. `slot`: which of the candidates at work at the same time this is.
  PatchedProgram apply(const Prediction& prediction, const std::string& hybrid, int slot) const;

  CompiledProgram compile(const CaseSpec& spec, const std::string& hybrid, int slot) const;

  /// For a host of the candidate in `slot`.
  Wrap wrap_host(const CaseSpec& spec, int slot) const;
  CandidatePaths paths_of(const CaseSpec& spec, int slot) const;

  const std::string& folder() const { return folder_; }

 private:
  CandidateStage(const Paths& paths, const CandidateSandbox& sandbox) : paths_(paths), sandbox_(sandbox) {}

  Result<void> read_build_description();
  Result<void> make_precompiled_header(const CaseSpec& spec) const;
  /// Seen from inside; not there where none is used.
  static std::string precompiled_header(const CaseSpec& spec);
  const std::vector<std::string>& flags_of(const CaseSpec& spec) const;
  std::vector<Mount> compiler_mounts() const;
  std::string slot_folder(int slot) const;
  /// A path, as it is seen inside the sandbox.
  std::string seen(const std::string& outside, const std::string& inside) const;

  Paths paths_;
  CandidateSandbox sandbox_;
  std::string folder_;
  std::string compiler_;
  std::string torch_prefix_;  // of a LibTorch that is no part of the system
  std::vector<std::string> timed_flags_;
  std::vector<std::string> untimed_flags_;
};

/// Larger patches and files are refused unseen.
inline constexpr std::size_t kLargestPatch = 1 << 20;

/// The files that a unified diff names, without `a/` and `b/`; `/dev/null` left out.
std::vector<std::string> files_of_patch(const std::string& patch);

/// What speaks against a patch before it is applied: other files than hybrid.cpp, binary parts, size.
std::optional<EvaluationVerdict> refuse_patch(const Prediction& prediction);

}  // namespace hybugs
