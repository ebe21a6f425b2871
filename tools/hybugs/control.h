// The control experiment: fixed timed against itself.
#pragma once

#include "tools/hybugs/experiment_command.h"

namespace hybugs {

/// An alarm is an interval wholly above 1 + kControlTolerance or wholly below 1 - kControlTolerance.
inline constexpr double kControlTolerance = 0.05;

/// Times fixed against itself for each case that is named, all timed ones if none is; prints a table and the number
/// of alarms. Its exit code is kUnexpected when there was one.
int run_control(const Session& session, const ExperimentCommand& command);

}  // namespace hybugs
