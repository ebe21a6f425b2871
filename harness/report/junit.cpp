#include "harness/report/junit.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <vector>

#include "harness/core/vocabulary.h"
#include "harness/report/junit_parts.h"
#include "harness/report/text.h"

namespace hybugs {
namespace {

enum class Status { passed, failed, error, skipped };

Status status_of(const CaseResult& result) {
  if (result.harness_error) return Status::error;
  if (result.verdict == Verdict::unsupported || result.verdict == Verdict::inconclusive) return Status::skipped;
  return result.as_expected() ? Status::passed : Status::failed;
}

std::string body_of(const CaseResult& result) {
  std::string text = fmt::format("expected {}, got {}\n", to_string(result.expected), to_string(result.verdict));
  if (!result.evidence.empty()) text += result.evidence + "\n";
  if (!result.log.empty()) text += "log: " + result.log + "\n";
  if (!result.repeat.empty()) text += "repeat: " + result.repeat + "\n";
  return text;
}

void add_problem(tinyxml2::XMLPrinter& printer, const char* name, const std::string& type, const CaseResult& result) {
  Element problem(printer, name);
  problem.attribute("type", type);
  problem.attribute("message", one_line(result.evidence));
  problem.text(body_of(result));
}

void add_outcome(tinyxml2::XMLPrinter& printer, const CaseResult& result) {
  switch (status_of(result)) {
    case Status::passed:
      break;
    case Status::failed:
      add_problem(printer, "failure", to_string(result.verdict), result);
      break;
    case Status::error:
      add_problem(printer, "error", "harness_error", result);
      break;
    case Status::skipped: {
      Element skipped(printer, "skipped");
      skipped.attribute("message", to_string(result.verdict) + ": " + one_line(result.evidence));
      break;
    }
  }
}

void add_case(tinyxml2::XMLPrinter& printer, const CaseResult& result) {
  Element testcase(printer, "testcase");
  testcase.attribute("classname", result.mechanism);
  testcase.attribute("name", result.id);
  testcase.attribute("time", fmt::format("{:.3f}", result.seconds));
  add_outcome(printer, result);
}

void add_counts(Element& suite, const Experiment& experiment, bool failed) {
  const auto count = [&](Status status) {
    const auto cases = std::count_if(experiment.results.begin(), experiment.results.end(),
                                     [&](const CaseResult& result) { return status_of(result) == status; });
    return std::to_string(cases + (failed && status == Status::error ? 1 : 0));
  };
  suite.attribute("tests", std::to_string(experiment.results.size() + (failed ? 1 : 0)));
  suite.attribute("failures", count(Status::failed));
  suite.attribute("errors", count(Status::error));
  suite.attribute("skipped", count(Status::skipped));
}

double total_seconds(const Experiment& experiment) {
  double seconds = 0;
  for (const CaseResult& result : experiment.results) seconds += result.seconds;
  return seconds;
}

void add_failure(tinyxml2::XMLPrinter& printer, const std::string& failure) {
  Element testcase(printer, "testcase");
  testcase.attribute("classname", "harness");
  testcase.attribute("name", "set-up");
  Element problem(printer, "error");
  problem.attribute("message", one_line(failure));
}

void add_suite(tinyxml2::XMLPrinter& printer, const NamedExperiment& named) {
  const Experiment& experiment = *named.experiment;
  Element suite(printer, "testsuite");
  suite.attribute("name", named.name);
  add_counts(suite, experiment, !named.failure.empty());
  suite.attribute("time", fmt::format("{:.3f}", total_seconds(experiment)));
  if (!experiment.context.date.empty()) suite.attribute("timestamp", experiment.context.date);
  add_properties(printer, experiment.context);
  for (const CaseResult& result : experiment.results) add_case(printer, result);
  if (!named.failure.empty()) add_failure(printer, named.failure);
}

}  // namespace

std::string junit_xml(const Experiment& experiment) {
  return junit_xml({NamedExperiment{"hybugs", &experiment, ""}});
}

std::string junit_xml(const std::vector<NamedExperiment>& all) {
  tinyxml2::XMLPrinter printer;
  printer.PushHeader(false, true);
  {
    Element suites(printer, "testsuites");
    for (const NamedExperiment& named : all) add_suite(printer, named);
  }
  return printer.CStr();
}

}  // namespace hybugs
