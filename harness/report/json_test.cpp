// The JSON report is io's; its approved form lies with those of the other reports.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/io/results.h"
#include "harness/report/approval.h"
#include "harness/report/example_experiment.h"

namespace hybugs {
namespace {

TEST(JsonReport, IsAsApproved) {
  expect_approved("report.json", to_json(example_experiment()).dump(2) + "\n");
}

}  // namespace
}  // namespace hybugs
