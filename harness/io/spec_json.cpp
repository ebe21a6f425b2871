// CaseSpec as JSON: as case.yaml, with every default written out.
#include "harness/io/json_fields.h"
#include "harness/io/results.h"
#include "harness/io/spec_fields.h"

namespace hybugs {

nlohmann::json to_json(const CaseSpec& spec) {
  return write_fields(spec);
}

Result<CaseSpec> case_spec_from_json(const nlohmann::json& json) {
  return read_fields<CaseSpec>(json, "case");
}

}  // namespace hybugs
