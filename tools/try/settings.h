// task.json: what `hybugs-try` must know of a case to compare its hybrid program with eager, and no more.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

/// Symptom, limits, threads, tolerance, rules of comparison; for `slow` also which call is timed. Nothing of the
/// expected failure, of the repair or of where the bug comes from.
nlohmann::json settings_json(const CaseSpec& spec);

/// The settings as a CaseSpec that is otherwise empty.
Result<CaseSpec> settings_from_json(const nlohmann::json& json);

}  // namespace hybugs
