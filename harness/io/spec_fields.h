// The members of CaseSpec, with the words and the nesting of case.yaml. Internal to io/.
#pragma once

#include "harness/core/case_spec.h"
#include "harness/io/fields.h"
#include "harness/io/json_forms.h"

namespace hybugs {

template <>
struct Fields<Source> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& source) {
    archive("kind", source.kind);
    archive("project", source.project);
    archive("commit", source.commit);
    archive("number", source.number);
    archive("url", source.url);
    archive("date", source.date);
  }
};

template <>
struct Fields<StudyLabels> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& study) {
    archive("category", study.category);
    archive("cause", study.cause);
    archive("symptom", study.symptom);
    archive("fix", study.fix);
    archive("assigned", study.assigned);
  }
};

template <>
struct Fields<ExpectedFailure> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& failure) {
    archive.template as<CallForm>("call", failure.call);
    archive("output", failure.output);
    archive("message", failure.message);
    archive.template as<SignalForm>("signal", failure.signal);
  }
};

template <>
struct Fields<Tolerance> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& tolerance) {
    archive("rtol", tolerance.rtol);
    archive("atol", tolerance.atol);
  }
};

template <>
struct Fields<CompareOptions> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& compare) {
    archive("requires_grad", compare.requires_grad);
    archive("inputs", compare.inputs);
    archive("message", compare.message);
  }
};

template <>
struct Fields<Threads> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& threads) {
    archive("intra", threads.intra);
    archive("inter", threads.inter);
  }
};

template <>
struct Fields<Timing> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& timing) {
    archive("call", timing.call);
    archive("phase", timing.phase);
  }
};

template <>
struct Fields<MeasuredRatio> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& measured) {
    archive("libtorch", measured.libtorch);
    archive("machine", measured.machine);
    archive("ratio", measured.ratio);
  }
};

template <>
struct Fields<Fix> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& fix) {
    archive.template as<DroppedForm>("graph", fix.graph_dropped);
    archive.template as<FreeForm>("ops", fix.free_operators);
  }
};

template <>
struct Fields<Faithfulness> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& faithfulness) {
    archive("level", faithfulness.level);
    archive("note", faithfulness.note);
  }
};

template <>
struct Fields<Expectation> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& expectation) {
    archive("libtorch", expectation.libtorch);
    archive("verdict", expectation.verdict);
    archive("because", expectation.because);
  }
};

template <>
struct Fields<CaseSpec> {
  template <typename Archive, typename T>
  static void visit(Archive& archive, T& spec) {
    archive("id", spec.id);
    archive("folder", spec.folder);
    archive("variants", spec.variants);
    archive("title", spec.title);
    archive("source", spec.source);
    archive("study", spec.study);
    archive("domain", spec.domain);
    archive("mechanism", spec.mechanism);
    archive("graph", spec.graph);
    archive("symptom", spec.symptom);
    archive("failure", spec.failure);
    archive("tolerance", spec.tolerance);
    archive("compare", spec.compare);
    archive("threads", spec.threads);
    archive("timeout_s", spec.timeout_s);
    archive("memory_mb", spec.memory_mb);
    archive("min_ratio", spec.min_ratio);
    archive("min_growth", spec.min_growth);
    archive("timing", spec.timing);
    archive("measured", spec.measured);
    archive("fix", spec.fix);
    archive("task", spec.task);
    archive("story", spec.story);
    archive("lesson", spec.lesson);
    archive("hints", spec.hints);
    archive("difficulty", spec.difficulty);
    archive("prerequisites", spec.prerequisites);
    archive("faithfulness", spec.faithfulness);
    archive("expect", spec.expect);
  }
};

}  // namespace hybugs
