// The options of `hybugs exercise` and of hybugs-exercise.
#pragma once

#include <CLI/CLI.hpp>

#include "tools/exercise/exercise_session.h"

namespace hybugs {

inline void add_exercise_options(CLI::App& app, ExerciseOptions& options) {
  app.add_option("--folder", options.folder, "folder that `hybugs exercise init` made")->capture_default_str();
  app.add_option("--task", options.task, "work on this one; else on the first that isn't solved");
  app.add_flag("--hint", options.hint, "show the next hint of the task");
  app.add_flag("--list", options.list, "show all tasks and what is solved");
  app.add_flag("--once", options.once, "judge the program as it is and don't wait for a save");
  app.add_flag("--reset", options.reset, "put the program back as it was; yours is kept beside");
  app.footer("Exit codes: 0 solved or shown, 1 not solved, 2 wrong use, 3 the harness failed.");
}

}  // namespace hybugs
