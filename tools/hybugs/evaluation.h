// An evaluation: predictions are applied, compiled, run and judged, and every result is kept at once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "harness/exec/candidate_runner.h"
#include "harness/io/evaluation_results.h"
#include "harness/io/json_lines.h"
#include "harness/report/progress.h"
#include "tools/hybugs/experiment.h"

namespace hybugs {

/// Seeds that everybody knows: those of `hybugs checkout`'s try.
inline constexpr int kPublicSeeds = 5;
inline constexpr int kFreshSeeds = 10;

struct EvaluationOptions {
  int jobs = 1;
  bool resume = false;
  bool lint = true;
  bool allow_weak_sandbox = false;
  bool records = true;                // keep what trials returned: about 1 MB a candidate
  double max_seconds = 60;            // of the timing of one candidate
  std::optional<std::uint64_t> seed;  // that fresh seeds are drawn from; drawn itself if there is none
  std::string output;                 // results folder; empty: nothing is kept
};

/// The public seeds, then fresh ones drawn from `seed`: no candidate can know them.
std::vector<std::uint64_t> evaluation_seeds(std::uint64_t seed);

/// How a shard names a prediction: `LINE ID MODEL`.
std::string item_of(const Prediction& prediction);
std::string item_of(const EvaluationResult& result);

/// The case's own programs as predictions: `gold` (fixed), `stock` (buggy), `wrong_<name>`.
std::vector<Prediction> own_predictions(const CaseSpec& spec);

class EvaluationRunner {
 public:
  /// Builds the cases, probes the sandbox, makes the stage. An Error when nothing can be judged here.
  static Result<std::unique_ptr<EvaluationRunner>> open(const Session& session,
                                                        const std::vector<const CaseSpec*>& cases,
                                                        const EvaluationOptions& options);

  /// Judges the cases' own programs: gold must be resolved, stock and wrong ones must not. Results of earlier gates are
  /// reused while nothing that they depend on has changed. `passed`, or `failed: ...` with the first that is not so.
  std::string gate(const std::vector<const CaseSpec*>& cases);

  /// Judges predictions of cases that were given to open().
  Result<std::vector<EvaluationResult>> run(const std::vector<Prediction>& predictions);

  bool interrupted() const { return *workshop_->stop; }
  EvaluationSettings settings() const;
  Context context() const;

 private:
  EvaluationRunner(const Session& session, const EvaluationOptions& options) : session_(session), options_(options) {}

  struct Kept {
    std::string results;  // file of lines
    std::string records;  // folder; empty: none
  };
  Result<void> set_up(const std::vector<const CaseSpec*>& cases);
  Result<std::vector<EvaluationResult>> judge_all(const std::vector<Prediction>& predictions, const Kept& kept,
                                                  bool reuse);
  EvaluationResult judge_one(const Prediction& prediction, int slot, const Kept& kept);
  /// References and keys of cases belong to the seeds.
  void use_seeds(const std::vector<std::uint64_t>& seeds);
  const CaseReference& reference_of(const CaseSpec& spec, int slot);
  std::string key_of(const Prediction& prediction) const;
  EvaluationResult begin(const Prediction& prediction) const;

  const Session& session_;
  EvaluationOptions options_;
  std::unique_ptr<Workshop> workshop_;
  CandidateSandbox sandbox_ = CandidateSandbox::probe();
  std::unique_ptr<CandidateStage> stage_;
  CandidateOptions candidate_options_;
  std::uint64_t seed_ = 0;
  std::map<std::string, const CaseSpec*> cases_;
  struct LazyReference {
    std::string case_key;  // hash of all that a verdict on this case depends on, the prediction left out
    std::once_flag made;
    std::once_flag kept;
    CaseReference reference;
  };
  std::map<std::string, LazyReference> references_;
  std::vector<std::unique_ptr<Worker>> workers_;  // trusted, by slot
};

/// Forms the verdict of a kept prediction again from its records; nullopt where there are none, because it was refused
/// before anything ran.
Result<std::optional<EvaluationVerdict>> verdict_from_records(const CaseSpec& spec, const std::string& folder,
                                                              const EvaluationResult& result);

/// Writes report.json, report.md and junit.xml.
Result<void> write_evaluation(const Evaluation& evaluation, const std::string& folder);

}  // namespace hybugs
