// An experiment with something of everything, for the tests of the reports.
#pragma once

#include "harness/core/case_result.h"

namespace hybugs {

Experiment example_experiment();

}  // namespace hybugs
