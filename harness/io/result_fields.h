// The members of results, their context and their times, with the words of the result files. Internal to io/.
#pragma once

#include "harness/core/case_result.h"
#include "harness/io/fields.h"
#include "harness/io/json_fields.h"
#include "harness/io/json_forms.h"

namespace hybugs {

/// Disagreement::Kind has its words in compare.h.
struct KindForm {
  static nlohmann::json write(Disagreement::Kind kind) { return kind_name(kind); }

  static bool read(const nlohmann::json& json, Disagreement::Kind& kind) {
    for (int number = 0; number <= static_cast<int>(Disagreement::Kind::missing); ++number) {
      kind = static_cast<Disagreement::Kind>(number);
      if (json == kind_name(kind)) return true;
    }
    return false;
  }
};

template <>
struct Fields<Disagreement> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& disagreement) {
    archive.template as<KindForm>("kind", disagreement.kind);
    archive.template as<CallForm>("call", disagreement.call);
    archive("output", disagreement.output);
    archive("output_index", disagreement.output_index);
    archive("error", disagreement.error);
    archive("expected", disagreement.expected);
    archive("got", disagreement.got);
    archive("message", disagreement.message);
  }
};

template <>
struct Fields<SeedJudgement> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& judgement) {
    archive("seed", judgement.seed);
    archive("repetition", judgement.repetition);
    archive("verdict", judgement.verdict);
    archive("evidence", judgement.evidence);
    archive("disagreement", judgement.disagreement);
    archive("fixed_error", judgement.fixed_error);
    archive("harness_error", judgement.harness_error);
  }
};

template <>
struct Fields<TimingSample> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& sample) {
    archive("program", sample.program);
    archive("phase", sample.phase);
    archive("pair", sample.pair);
    archive("process", sample.process);
    archive("calls", sample.calls);
    archive("seconds", sample.seconds);
    archive("wall_seconds", sample.wall_seconds);
    archive("cpu_seconds", sample.cpu_seconds);
    archive("waiting_seconds", sample.waiting_seconds);
    archive("disturbed", sample.disturbed);
  }
};

template <>
struct Fields<RatioInterval> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& interval) {
    archive("ratio", interval.ratio);
    archive("low", interval.low);
    archive("high", interval.high);
    archive("pairs", interval.pairs);
  }
};

template <>
struct Fields<ProgramUse> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& use) {
    archive("program", use.program);
    archive("peak_bytes", use.peak_bytes);
    archive("growth_per_call", use.growth_per_call);
    archive("graphs", use.graphs);
    archive("operators", use.operators);
  }
};

template <>
struct Fields<TimingResult> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& timing) {
    archive("threshold", timing.threshold);
    archive("against_fixed", timing.against_fixed);
    archive("against_eager", timing.against_eager);
    archive("fixed_against_eager", timing.fixed_against_eager);
    archive("samples", timing.samples);
    archive("use", timing.use);
    archive("disturbed_pairs", timing.disturbed_pairs);
    archive("stopped", timing.stopped);
    archive("failure", timing.failure);
    archive("google_benchmark", timing.google_benchmark);
  }
};

template <>
struct Fields<CaseResult> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& result) {
    archive("id", result.id);
    archive("title", result.title);
    archive("mechanism", result.mechanism);
    archive("symptom", result.symptom);
    archive("verdict", result.verdict);
    archive("expected", result.expected);
    archive("because", result.because);
    archive("harness_error", result.harness_error);
    archive("evidence", result.evidence);
    archive("seeds", result.seeds);
    archive("timing", result.timing);
    archive("seconds", result.seconds);
    archive("key", result.key);
    archive("repeat", result.repeat);
    archive("log", result.log);
  }
};

template <>
struct Fields<Context> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& context) {
    archive("date", context.date);
    archive("machine", context.machine);
    archive("cores", context.cores);
    archive("memory_bytes", context.memory_bytes);
    archive("kernel", context.kernel);
    archive("system", context.system);
    archive("libtorch", context.libtorch);
    archive("blas", context.blas);
    archive("compiler", context.compiler);
    archive("flags", context.flags);
    archive("sandbox", context.sandbox);
    archive("commit", context.commit);
    archive("governor", context.governor);
    archive("load_start", context.load_start);
    archive("load_end", context.load_end);
    archive("affinity", context.affinity);
    archive("command", context.command);
  }
};

}  // namespace hybugs
