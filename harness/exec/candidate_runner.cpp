#include "harness/exec/candidate_runner.h"

#include <algorithm>
#include <mutex>

#include "harness/exec/candidate_lint.h"
#include "harness/exec/case_runner.h"
#include "harness/exec/timing.h"

namespace hybugs {
namespace {

constexpr std::size_t kGrowthCalls = 48;  // resident memory grows in steps: a slope needs many calls
constexpr double kLeastTimeout = 2;       // seconds
constexpr std::uint64_t kLargestRecord = 512ULL << 20;
constexpr int kReadersSlot = 800;  // reads our own libraries; no candidate has it

int growth_passes(int calls) {
  return static_cast<int>((kGrowthCalls + static_cast<std::size_t>(calls) - 1) / static_cast<std::size_t>(calls));
}

// A fresh one: a program could keep the graph for public inputs only.
std::uint64_t observed_seed(const CandidateOptions& options) {
  return options.seeds.back();
}

// One candidate on its way through the phases.
class Candidate {
 public:
  Candidate(const CandidateStage& stage, const Paths& paths, const CandidateOptions& options, const CaseSpec& spec,
            const CaseReference& reference, int slot)
      : paths_(paths),
        options_(options),
        spec_(spec),
        reference_(reference),
        seen_(stage.paths_of(spec, slot)),
        worker_({seen_.host, stage.wrap_host(spec, slot), options.stop, options.machine}) {}

  void run(CandidateEvidence& evidence) {
    if (!try_seeds(evidence) || !measure_growth(evidence) || !observe_graph(evidence)) return;
    if (spec_.symptom == Symptom::slow) take_time(evidence);
  }

 private:
  bool stopped() const { return options_.stop != nullptr && *options_.stop; }

  TrialRequest request(std::uint64_t seed, TrialMode mode) const {
    TrialRequest request;
    request.library = seen_.library;
    request.reference = seen_.reference;
    request.mode = mode;
    request.seed = seed;
    request.record_inputs = spec_.compare.inputs;
    return request;
  }

  // A program that is right takes about as long as eager: waiting much longer tells nothing new.
  TrialLimits limits_for(const TrialRecord& eager) const {
    TrialLimits limits = limits_of(spec_);
    limits.timeout_s = std::max(kLeastTimeout, 1.1 * kHangFactor * eager.seconds);
    if (spec_.symptom != Symptom::hang)
      limits.timeout_s = std::min(limits.timeout_s, std::max(spec_.timeout_s, kLeastTimeout));
    limits.record_bytes = kLargestRecord;
    return limits;
  }

  bool try_seeds(CandidateEvidence& evidence) {
    for (std::uint64_t seed : options_.seeds) {
      if (stopped()) return false;
      const TrialRecord& eager = reference_.eager.at(seed);
      SeedEvidence& tried = evidence.seeds.emplace_back();
      tried.seed = seed;
      tried.eager = eager;
      tried.candidate = worker_.run(spec_.threads, request(seed, TrialMode::values), limits_for(eager),
                                    spec_.symptom == Symptom::hang);
      if (judge_candidate_seed(spec_, tried)) return false;
    }
    return true;
  }

  bool measure_growth(CandidateEvidence& evidence) {
    if (spec_.symptom != Symptom::memory) return true;
    const int calls = static_cast<int>(reference_.fixed_growth.calls);
    GrowthEvidence& growth = evidence.growth.emplace();
    growth.fixed = reference_.fixed_growth;
    growth.candidate = worker_.drive(spec_.threads, request(observed_seed(options_), TrialMode::time), calls,
                                     growth_passes(calls), limits_of(spec_));
    return !judge_candidate_growth(spec_, growth);
  }

  bool observe_graph(CandidateEvidence& evidence) {
    if (spec_.fix.graph_dropped) return true;
    GraphTrials& graph = evidence.graph.emplace(reference_.graph);
    graph.program = worker_.run(spec_.threads, request(observed_seed(options_), TrialMode::observe), limits_of(spec_),
                                spec_.symptom == Symptom::hang);
    if (judge_candidate_graph(spec_, graph)) return false;
    graph.program_cpu = warm_cpu(worker_.drive(spec_.threads, request(observed_seed(options_), TrialMode::time),
                                               graph.fixed.scenario_size, kWarmPasses, limits_of(spec_)));
    if (needs_slower_programs(spec_, graph)) add_slower_programs(graph);
    return !judge_candidate_graph(spec_, graph);
  }

  // On a host of its own: few candidates come here.
  void add_slower_programs(GraphTrials& graph) const {
    Worker ours({paths_.host(), options_.own_sandbox, options_.stop, options_.machine});
    CaseRunner(ours, paths_, spec_).add_slower_programs(graph, observed_seed(options_));
  }

  void take_time(CandidateEvidence& evidence) {
    if (stopped()) return;
    const std::unique_lock<std::shared_mutex> alone(*options_.machine);
    TimingOptions timing;
    timing.variant = "candidate";
    timing.thresholds = {spec_.min_ratio};
    timing.max_seconds = options_.max_seconds;
    timing.google_benchmark = false;
    timing.candidate = TimedCandidate{seen_.library, seen_.reference,
                                      [this](const Threads& threads) { return worker_.start_host(threads); }};
    const Worker ours({paths_.host(), options_.own_sandbox, options_.stop, options_.machine});
    evidence.timing = time_case(ours, paths_, spec_, timing);
  }

  const Paths& paths_;
  const CandidateOptions& options_;
  const CaseSpec& spec_;
  const CaseReference& reference_;
  CandidatePaths seen_;
  Worker worker_;
};

}  // namespace

CaseReference make_reference(Worker& worker, const Paths& paths, const CaseSpec& spec, const CandidateSandbox& sandbox,
                             const CandidateOptions& options, const std::string& hybrid) {
  CaseReference reference;
  reference.hybrid = hybrid;
  CaseRunner runner(worker, paths, spec);
  for (std::uint64_t seed : options.seeds) {
    reference.eager[seed] = runner.run_trial("eager", seed, TrialMode::values);
  }
  const int calls = reference.eager.begin()->second.scenario_size;
  if (!spec.fix.graph_dropped) reference.graph = runner.graph_baseline(observed_seed(options));
  if (spec.symptom == Symptom::memory && calls > 0) {
    reference.fixed_growth = runner.drive("fixed", calls, growth_passes(calls), observed_seed(options));
  }
  for (const char* variant : {"buggy", "fixed"}) {
    const auto facts = read_library_facts(sandbox, paths.library(spec.id, variant), kReadersSlot);
    if (facts) reference.imports.insert(facts->imports.begin(), facts->imports.end());
  }
  return reference;
}

CandidateEvidence CandidateRunner::run(const Prediction& prediction, const CaseSpec& spec,
                                       const CaseReference& reference, int slot, std::string& log) {
  CandidateEvidence evidence;
  const PatchedProgram patched = stage_.apply(prediction, reference.hybrid, slot);
  evidence.refusal = patched.refusal;
  if (evidence.refusal) return evidence;
  CompiledProgram compiled;
  {
    const std::shared_lock<std::shared_mutex> together(*options_.machine);
    compiled = stage_.compile(spec, patched.text, slot);
  }
  log = compiled.log;
  evidence.refusal = compiled.refusal;
  if (!evidence.refusal && options_.lint) {
    const auto facts = read_library_facts(sandbox_, compiled.library, slot);
    if (facts) evidence.refusal = lint_candidate(*facts, reference.imports);
    if (!facts) evidence.refusal = EvaluationVerdict{EvaluationStatus::rejected, facts.error().text(), {}};
  }
  if (!evidence.refusal) Candidate(stage_, paths_, options_, spec, reference, slot).run(evidence);
  return evidence;
}

}  // namespace hybugs
