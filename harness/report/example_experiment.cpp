#include "harness/report/example_experiment.h"

#include <limits>
#include <utility>

namespace hybugs {
namespace {

CaseResult result_of(const std::string& id, const std::string& mechanism, Symptom symptom, Verdict verdict,
                     const std::string& evidence) {
  CaseResult result;
  result.id = id;
  result.title = "Title of " + id;
  result.mechanism = mechanism;
  result.symptom = symptom;
  result.verdict = verdict;
  result.evidence = evidence;
  result.key = "0123456789abcdef";
  result.repeat = "hybugs run " + id;
  return result;
}

CaseResult reproduced() {
  CaseResult result = result_of("tf-pwa-0db1b0b", "shape-baked", Symptom::exception, Verdict::reproduced,
                                "call 2: Sizes of tensors must match except in dimension 1. Expected size 17 but got "
                                "size 64 for tensor number 1 in the list.");
  result.seconds = 1.23;
  SeedJudgement seed;
  seed.verdict = Verdict::reproduced;
  seed.evidence = result.evidence;
  Disagreement disagreement;
  disagreement.kind = Disagreement::Kind::exception;
  disagreement.call = 2;
  disagreement.message = "Sizes of tensors must match except in dimension 1.";
  seed.disagreement = disagreement;
  seed.fixed_error = 0.03;
  result.seeds = {seed};
  return result;
}

// Control characters, wide characters, markup, characters that XML forbids.
CaseResult not_reproduced() {
  CaseResult result = result_of("pt-51154", "numeric-divergence", Symptom::wrong_result, Verdict::not_reproduced,
                                "all calls agree; printed \"<図形 & 'Käfer'>\"\n\x1b[31mred\x01 \uFFFE ]]> end");
  result.seconds = 0.0384;
  return result;
}

CaseResult invalid() {
  CaseResult result = result_of("gpflow-b65848a", "numeric-divergence", Symptom::wrong_result, Verdict::invalid,
                                "buggy.cpp doesn't compile: buggy.cpp:7:3: error: use of undeclared identifier 'x'");
  result.log = "build/release/log/gpflow-b65848a.log";
  return result;
}

CaseResult lost_host() {
  CaseResult result = result_of("tensorflow-48418", "crossing-boundary", Symptom::hang, Verdict::invalid,
                                "the host was lost and a known-good program fails in a fresh one too");
  result.harness_error = true;
  result.seconds = 185;
  return result;
}

CaseResult not_here() {
  CaseResult result = result_of("pt-26948", "concurrency", Symptom::crash, Verdict::not_reproduced, "all calls agree");
  result.expected = Verdict::not_reproduced;
  result.seconds = 2;
  return result;
}

CaseResult unsupported() {
  return result_of("pt-132432", "export-missing", Symptom::exception, Verdict::unsupported,
                   "this LibTorch has no torch::jit::mobile");
}

TimingSample sample(const std::string& program, int pair, int calls, double seconds) {
  return {program, TimingPhase::steady, pair, 1, calls, seconds, seconds, seconds * 0.75};
}

TimingResult timing_of(double buggy, double fixed) {
  TimingResult timing;
  for (int pair = 0; pair < 2; ++pair) {  // A B, B A
    const TimingSample slow = sample("buggy", pair, 4, 4 * buggy);
    const TimingSample fast = sample("fixed", pair, 16, 16 * fixed);
    timing.samples.push_back(pair == 0 ? slow : fast);
    timing.samples.push_back(pair == 0 ? fast : slow);
  }
  return timing;
}

CaseResult slow() {
  CaseResult result = result_of("deeplearningexamples-94a8f28", "eager-hot-loop", Symptom::slow, Verdict::reproduced,
                                "buggy takes 3.00 times the time of fixed");
  result.timing = timing_of(0.01171875, 0.00390625);
  result.timing->threshold = 1.8;
  result.timing->against_fixed = {3.0, 2.914, 3.108, 16};
  result.timing->against_eager = {2.0, 1.5, 2.5, 16};
  result.timing->use = {{"buggy", 12'500'000, 900, 3, 40}, {"fixed", 8'000'000, 0, 4, 40}};
  result.seconds = 12.5;
  return result;
}

CaseResult scattered() {
  CaseResult result = result_of("probability-0dd72ec", "eager-hot-loop", Symptom::slow, Verdict::inconclusive,
                                "ratio 1.4, interval 0.9 to 2.5, 1.2 asked for");
  result.timing = timing_of(0.0015625, 0.0013671875);
  result.timing->threshold = 1.2;
  result.timing->against_fixed = {1.4, 0.9, 2.5, 60};
  result.timing->disturbed_pairs = 41;
  result.timing->stopped = "the threshold lies within the interval after 60 pairs";
  result.seconds = 30;
  return result;
}

CaseResult not_timed() {
  CaseResult result = result_of("ddpg-tf2-02a3f29", "retrace-per-call", Symptom::slow, Verdict::fix_fails,
                                "fixed: call 3, output 0: error 12 x tolerance");
  result.timing = timing_of(1, 1);
  result.timing->failure = "outputs of fixed were wrong while it was timed";
  return result;
}

Context example_context() {
  Context context;
  context.date = "2026-01-02T03:04:05Z";
  context.machine = "Example CPU @ 2.50GHz";
  context.cores = 2;
  context.memory_bytes = 8LL << 30;
  context.kernel = "6.1.0";
  context.system = "Debian GNU/Linux 12 (bookworm)";
  context.libtorch = "1.13.1";
  context.blas = "OpenBLAS 0.3.21";
  context.compiler = "clang 14.0.6";
  context.flags = "-O1 -g1";
  context.sandbox = "namespaces";
  context.commit = "0123456789ab+";
  context.governor = "performance";
  context.load_start = 0.25;
  context.load_end = 1.5;
  context.command = "hybugs run";
  return context;
}

}  // namespace

Experiment example_experiment() {
  return {example_context(),
          {reproduced(), not_reproduced(), invalid(), lost_host(), not_here(), unsupported(), slow(), scattered(),
           not_timed()}};
}

}  // namespace hybugs
