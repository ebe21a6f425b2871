// Builds and judges the program of an exercise, quickly: a first look that the grading repeats with more care.
#pragma once

#include <shared_mutex>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "harness/exec/worker.h"
#include "tools/exercise/exercises.h"

namespace hybugs {

struct ExerciseVerdict {
  bool solved = false;
  bool compiled = true;
  bool harness_failed = false;  // says nothing about the program
  std::string sentence;         // for students
  std::string detail;           // what the compiler or the program printed; may be empty
  double seconds = 0;
};

class ExerciseJudge {
 public:
  /// `folder`: the student's. `stop`: set by a signal.
  ExerciseJudge(const std::string& folder, const std::atomic<bool>& stop);

  /// What can be done before the first save: the precompiled header, the program as it was, a warm host. An Error when
  /// the folder isn't complete or the compiler is missing.
  Result<void> prepare(const ExerciseTask& task);

  ExerciseVerdict judge(const ExerciseTask& task);

 private:
  struct Programs {
    CaseSpec settings;
    std::string hybrid;  // library of the program as it is
    std::string start;   // and as it was
  };
  Result<Programs> programs_of(const ExerciseTask& task) const;
  /// What the compiler says; empty: all is well.
  Result<std::string> compile(const std::string& source, const std::string& library) const;
  ExerciseVerdict judge_library(const ExerciseTask& task, const Programs& programs);
  std::string object_to_values(const Programs& programs, ExerciseVerdict& verdict);
  std::string object_to_growth(const ExerciseTask& task, const Programs& programs);
  std::string object_to_graph(const ExerciseTask& task, const Programs& programs);
  std::string object_to_time(const ExerciseTask& task, const Programs& programs);
  TrialRecord run(const Programs& programs, ProgramKind kind, TrialMode mode, std::uint64_t seed);
  WarmCpu cpu_of(const Programs& programs, const std::string& library, ProgramKind kind, int calls);

  std::string folder_;
  std::string harness_;
  std::shared_mutex machine_;
  Worker worker_;
};

}  // namespace hybugs
