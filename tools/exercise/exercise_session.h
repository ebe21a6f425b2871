// Working on exercises: shows the next task, waits for a save, judges, says what is wrong, and remembers.
#pragma once

#include <string>

namespace hybugs {

struct ExerciseOptions {
  std::string folder = ".";
  std::string task;    // empty: the first that isn't solved
  bool once = false;   // judge now, don't wait for a save
  bool hint = false;   // show the next hint
  bool list = false;   // show all tasks
  bool reset = false;  // put the program back as it was
  bool colour = false;
};

enum ExerciseExit : int { kExerciseSolved = 0, kExerciseOpen = 1, kExerciseUsage = 2, kExerciseFailure = 3 };

/// Exit codes: solved (or shown); not solved; wrong use or a folder that is none; the harness failed.
int run_exercise(const ExerciseOptions& options);

}  // namespace hybugs
