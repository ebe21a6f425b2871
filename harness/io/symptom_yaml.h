// The part of case.yaml that says how the case fails. Internal to io/.
#pragma once

#include "harness/core/case_spec.h"
#include "harness/io/yaml_map.h"

namespace hybugs {

/// Reads the symptom and the keys that only some symptoms have. A key that the symptom gives no meaning is an error.
void read_symptom(YamlMap& map, CaseSpec& spec);

}  // namespace hybugs
