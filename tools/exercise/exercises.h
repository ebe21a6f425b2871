// A student's folder: the tasks with their hints and goals, and what the student has done so far.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "tools/exercise/goal.h"

namespace hybugs {

/// Version of exercises.json and progress.json; readers refuse others.
inline constexpr int kExerciseSchema = 1;

struct ExerciseTask {
  std::string id;  // name of its folder
  int difficulty = 0;
  std::vector<std::string> prerequisites;
  std::vector<std::string> hints;  // from vague to concrete
  Goal goal;
};

struct TaskProgress {
  std::string solved;  // when, UTC; empty: not yet
  int attempts = 0;    // programs that were judged
  int hints = 0;       // that were shown
};

/// Progress by task.
using ExerciseProgress = std::map<std::string, TaskProgress>;

/// FOLDER/exercises.json.
Result<void> write_exercises(const std::string& folder, const std::vector<ExerciseTask>& tasks);
Result<std::vector<ExerciseTask>> read_exercises(const std::string& folder);

/// FOLDER/progress.json; a file that isn't there means nothing was done yet.
Result<void> write_progress(const std::string& folder, const ExerciseProgress& progress);
Result<ExerciseProgress> read_progress(const std::string& folder);

}  // namespace hybugs
