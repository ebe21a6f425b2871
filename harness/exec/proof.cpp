#include "harness/exec/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace hybugs {
namespace {

std::vector<std::uint64_t> first_seeds(int count) {
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(count));
  std::iota(seeds.begin(), seeds.end(), 0);
  return seeds;
}

class Prover {
 public:
  Prover(Worker& worker, const Paths& paths, const CaseSpec& spec, ProofPlan plan)
      : worker_(worker), paths_(paths), spec_(spec), runner_(worker, paths, spec), plan_(plan) {}

  Proof run(const std::function<void(const std::function<void()>&)>& exclusive) {
    prove_seeds();
    prove_repetitions();
    prove_graph();
    for (const std::string& variant : spec_.wrong_variants()) prove_rejected(variant, exclusive);
    if (spec_.symptom == Symptom::slow && proof_.passed()) exclusive([&] { prove_slow(); });
    return proof_;
  }

 private:
  void step(const std::string& rule, bool passed, const std::string& detail) {
    proof_.steps.push_back({rule, passed, detail});
  }

  CaseJudgement judge(const TrialPlan& plan) {
    const CaseJudgement judgement = judge_case(spec_, runner_.run(plan));
    proof_.harness_error = proof_.harness_error || judgement.harness_error;
    return judgement;
  }

  void prove_seeds() {
    const auto judgement = judge({first_seeds(plan_.seeds), 1});
    const char* rule = spec_.symptom == Symptom::slow
                           ? "eager, fixed and buggy agree on {} seeds"
                           : "fixed agrees with eager and buggy shows the symptom on {} seeds";
    step(fmt::format(fmt::runtime(rule), plan_.seeds), judgement.verdict == Verdict::reproduced, judgement.evidence);
  }

  void prove_repetitions() {
    if (plan_.repetitions == 0) return;
    const auto seeds = runner_.run({first_seeds(plan_.repeated_seeds), plan_.repetitions});
    const CaseJudgement judgement = judge_case(spec_, seeds);
    const std::string other = other_evidence(seeds);
    step(fmt::format("the same in {} repetitions of {} seeds", plan_.repetitions, plan_.repeated_seeds),
         judgement.verdict == Verdict::reproduced && other.empty(), other.empty() ? judgement.evidence : other);
  }

  // Repetitions of one seed must show the same evidence to the letter; bytes of memory may vary.
  std::string other_evidence(const std::vector<SeedJudgement>& seeds) const {
    if (spec_.symptom == Symptom::memory) return "";
    std::map<std::uint64_t, std::string> first;
    for (const SeedJudgement& judged : seeds) {
      const auto [found, inserted] = first.emplace(judged.seed, judged.evidence);
      if (!inserted && found->second != judged.evidence) {
        return fmt::format("seed {}, repetition {}: {}", judged.seed, judged.repetition, judged.evidence);
      }
    }
    return "";
  }

  void prove_graph() {
    if (spec_.fix.graph_dropped) return;
    fixed_operators_ = operators_in_graphs(runner_.graph_trials("fixed").fixed);
    step("fixed executes a graph", fixed_operators_ > 0, fmt::format("{} operators in graphs", fixed_operators_));
  }

  // A wrong repair may fail in any way: other values, an exception, growth, time, or the graph given up.
  void prove_rejected(const std::string& variant, const std::function<void(const std::function<void()>&)>& exclusive) {
    std::string evidence = rejection_by_values(variant);
    if (evidence.empty() && spec_.symptom == Symptom::memory) evidence = rejection_by_growth(variant);
    if (evidence.empty()) evidence = rejection_by_graph(variant);
    if (evidence.empty() && spec_.symptom == Symptom::slow) {
      exclusive([&] { evidence = rejection_by_time(variant); });
    }
    step(variant + " is rejected", !evidence.empty(), evidence.empty() ? "nothing speaks against it" : evidence);
  }

  std::string rejection_by_values(const std::string& variant) {
    for (std::uint64_t seed : first_seeds(std::min(plan_.seeds, 5))) {
      const auto eager = runner_.run_trial("eager", seed, TrialMode::values);
      const auto trial = runner_.run_trial(variant, seed, TrialMode::values);
      const auto difference = first_disagreement(eager, trial, spec_);
      if (difference) return difference->text();
    }
    return "";
  }

  std::string rejection_by_growth(const std::string& variant) {
    const double growth = heap_growth_per_call(runner_.run_trial(variant, 0, TrialMode::measure)) -
                          heap_growth_per_call(runner_.run_trial("fixed", 0, TrialMode::measure));
    return growth >= spec_.min_growth ? fmt::format("grows by {:.0f} bytes a call", growth) : "";
  }

  std::string rejection_by_graph(const std::string& variant) {
    if (spec_.fix.graph_dropped || fixed_operators_ == 0) return "";
    return graph_objection(spec_, runner_.graph_trials(variant)).value_or("");
  }

  std::string rejection_by_time(const std::string& variant) {
    const auto judgement = time_variant(variant, kMaxPairs);
    return judgement.verdict == Verdict::reproduced ? judgement.evidence : "";
  }

  CaseJudgement time_variant(const std::string& variant, int max_pairs) {
    TimingOptions options;
    options.variant = variant;
    options.thresholds = {spec_.min_ratio};
    options.max_pairs = max_pairs;
    options.google_benchmark = false;
    CaseJudgement values;
    values.verdict = Verdict::reproduced;
    return judge_timing(spec_, values, time_case(worker_, paths_, spec_, options));
  }

  void prove_slow() {
    for (int i = 0; i < plan_.timings; ++i) {
      const auto judgement = time_variant("buggy", plan_.pairs);
      // With a few pairs only there is no interval: the smoke asks that both sides ran and agreed.
      const bool smoke = plan_.pairs < kMaxPairs;
      const bool passed =
          judgement.verdict == Verdict::reproduced || (smoke && judgement.verdict == Verdict::inconclusive);
      step(smoke ? "buggy and fixed can be timed" : "buggy is slower than fixed", passed, judgement.evidence);
    }
  }

  Worker& worker_;
  const Paths& paths_;
  const CaseSpec& spec_;
  CaseRunner runner_;
  ProofPlan plan_;
  Proof proof_;
  std::int64_t fixed_operators_ = 0;
};

}  // namespace

bool Proof::passed() const {
  return !harness_error && std::all_of(steps.begin(), steps.end(), [](const ProofStep& step) { return step.passed; });
}

ProofPlan plan_of(Symptom symptom, ProofLevel level) {
  if (level == ProofLevel::quick) return {};
  if (symptom == Symptom::crash || symptom == Symptom::hang) return {5, 5, 3, 0, kMaxPairs};
  return {20, 2, 10, 3, kMaxPairs};
}

Proof prove_case(Worker& worker, const Paths& paths, const CaseSpec& spec, ProofLevel level,
                 const std::function<void(const std::function<void()>&)>& exclusive) {
  return Prover(worker, paths, spec, plan_of(spec.symptom, level)).run(exclusive);
}

}  // namespace hybugs
