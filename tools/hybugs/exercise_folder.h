// A student's folder of exercises, made from cases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "tools/exercise/exercises.h"
#include "tools/hybugs/experiment.h"

namespace hybugs {

/// Easy ones first. `seed`: those of the same difficulty in an order drawn from it, and only `count` of all are taken
/// (0: all), drawn likewise.
std::vector<const CaseSpec*> order_of_tasks(std::vector<const CaseSpec*> cases, std::optional<std::uint64_t> seed,
                                            std::size_t count);

/// Runs the real repair of each case, which gives its goal.
Result<std::vector<ExerciseTask>> make_tasks(const Session& session, Workshop& workshop,
                                             const std::vector<const CaseSpec*>& cases);

/// Writes the tasks as `hybugs checkout --all` does, with exercises.json, the program `exercise` and its harness.
Result<void> write_exercise_folder(const Session& session, const std::vector<const CaseSpec*>& cases,
                                   const std::vector<ExerciseTask>& tasks, const std::string& folder);

}  // namespace hybugs
