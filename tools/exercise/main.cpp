// hybugs-exercise: what `hybugs exercise` does, for a student's folder without the corpus. Started by its script
// `exercise`.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "tools/exercise/exercise_command.h"

int main(int argc, char** argv) {
  CLI::App app{"Shows the next task, waits until you save hybrid.cpp, builds and judges it."};
  hybugs::ExerciseOptions options;
  hybugs::add_exercise_options(app, options);
  options.colour = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  CLI11_PARSE(app, argc, argv);
  return hybugs::run_exercise(options);
}
