#include "harness/core/vocabulary.h"

#include <csignal>
#include <cstring>

namespace hybugs {
namespace {

template <typename Enum>
Word word(Enum value, std::string_view name, std::string_view meaning) {
  return {static_cast<int>(value), name, meaning};
}

}  // namespace

template <>
const std::vector<Word>& words<Symptom>() {
  static const std::vector<Word> list = {
      word(Symptom::wrong_result, "wrong_result", "returns other values than eager"),
      word(Symptom::exception, "exception", "throws where eager returns"),
      word(Symptom::crash, "crash", "the process dies"),
      word(Symptom::hang, "hang", "doesn't come back"),
      word(Symptom::slow, "slow", "right, but slower than the repaired program"),
      word(Symptom::memory, "memory", "right, but its memory grows with every call"),
      word(Symptom::no_graph, "no_graph", "right, but runs no graph although it claims to"),
  };
  return list;
}

template <>
const std::vector<Word>& words<GraphKind>() {
  static const std::vector<Word> list = {
      word(GraphKind::trace, "trace", "the operators of an example call, recorded"),
      word(GraphKind::script, "script", "compiled TorchScript text"),
      word(GraphKind::freeze, "freeze", "a module whose parameters became constants"),
      word(GraphKind::export_, "export", "a module that was saved and loaded"),
      word(GraphKind::fork, "fork", "parallel branches with fork and wait"),
      word(GraphKind::mixed, "mixed", "several of these together"),
      word(GraphKind::none, "none", "plain eager code: hybridization was lost"),
  };
  return list;
}

template <>
const std::vector<Word>& words<Verdict>() {
  static const std::vector<Word> list = {
      word(Verdict::reproduced, "reproduced", "buggy shows the declared symptom and fixed agrees with eager"),
      word(Verdict::not_reproduced, "not_reproduced", "buggy doesn't fail"),
      word(Verdict::wrong_failure, "wrong_failure", "buggy fails, but otherwise than declared"),
      word(Verdict::fix_fails, "fix_fails", "fixed doesn't agree with eager"),
      word(Verdict::flaky, "flaky", "seeds or repetitions disagree"),
      word(Verdict::inconclusive, "inconclusive", "the times scatter too much to decide"),
      word(Verdict::unsupported, "unsupported", "this LibTorch can't run the case"),
      word(Verdict::invalid, "invalid", "the case itself is wrong: it doesn't build, or eager fails"),
  };
  return list;
}

template <>
const std::vector<Word>& words<TimingPhase>() {
  static const std::vector<Word> list = {
      word(TimingPhase::steady, "steady", "a call after warm-up"),
      word(TimingPhase::first_call, "first_call", "the first call of a new program"),
      word(TimingPhase::new_shape, "new_shape", "the first call with a shape not seen before"),
  };
  return list;
}

template <>
const std::vector<Word>& words<FaithfulnessLevel>() {
  static const std::vector<Word> list = {
      word(FaithfulnessLevel::high, "high", "the same computation, mistake and repair"),
      word(FaithfulnessLevel::medium, "medium", "the same mistake; the computation or the repair differs"),
      word(FaithfulnessLevel::low, "low", "the same kind of mistake, rebuilt by hand"),
  };
  return list;
}

template <>
const std::vector<Word>& words<Source::Kind>() {
  static const std::vector<Word> list = {
      word(Source::Kind::commit, "commit", "the commit that repaired the bug"),
      word(Source::Kind::report, "report", "a public issue or pull request"),
  };
  return list;
}

template <>
const std::vector<Word>& words<Outcome>() {
  static const std::vector<Word> list = {
      word(Outcome::completed, "completed", "all calls ended, returning or throwing"),
      word(Outcome::threw, "threw", "nothing could be called"),
      word(Outcome::crashed, "crashed", "gone before the end, by a signal or by leaving"),
      word(Outcome::timed_out, "timed_out", "killed at the time limit"),
      word(Outcome::out_of_memory, "out_of_memory", "killed at the memory limit"),
      word(Outcome::harness_error, "harness_error", "the harness failed, not the program"),
  };
  return list;
}

template <>
const std::vector<Word>& words<Teardown>() {
  static const std::vector<Word> list = {
      word(Teardown::clean, "clean", "destructors ended"),
      word(Teardown::timed_out, "timed_out", "a destructor hung after the last call"),
      word(Teardown::crashed, "crashed", "a destructor crashed after the last call"),
  };
  return list;
}

template <>
const std::vector<Word>& words<EvaluationStatus>() {
  static const std::vector<Word> list = {
      word(EvaluationStatus::resolved, "resolved", "agrees with eager, without the symptom, and keeps the graph"),
      word(EvaluationStatus::unresolved, "unresolved", "disagrees with eager, or the symptom is still there"),
      word(EvaluationStatus::graph_dropped, "graph_dropped", "right values, but the graph is gone"),
      word(EvaluationStatus::too_slow, "too_slow", "not on the real repair's side of the threshold"),
      word(EvaluationStatus::not_applied, "not_applied", "the patch does not apply"),
      word(EvaluationStatus::not_compiled, "not_compiled", "the program does not compile"),
      word(EvaluationStatus::rejected, "rejected", "touches other files, or uses what no program needs"),
      word(EvaluationStatus::crashed, "crashed", "gone before its end"),
      word(EvaluationStatus::timed_out, "timed_out", "ran into the time limit"),
      word(EvaluationStatus::out_of_memory, "out_of_memory", "ran into the memory limit"),
      word(EvaluationStatus::harness_error, "harness_error", "says nothing about the repair"),
  };
  return list;
}

int signal_number(std::string_view name) {
  for (int number = 1; number < NSIG; ++number) {
    if (!name.empty() && signal_name(number) == name) return number;
  }
  return 0;
}

std::string signal_name(int number) {
  const char* abbreviation = sigabbrev_np(number);
  return abbreviation == nullptr ? "" : std::string("SIG") + abbreviation;
}

}  // namespace hybugs
