#include "harness/report/junit.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "harness/core/vocabulary.h"
#include "harness/report/text.h"

namespace hybugs {
namespace {

enum class Status { passed, failed, error, skipped };

Status status_of(const CaseResult& result) {
  if (result.harness_error) return Status::error;
  if (result.verdict == Verdict::unsupported || result.verdict == Verdict::inconclusive) return Status::skipped;
  return result.as_expected() ? Status::passed : Status::failed;
}

/// Element <-> scope, so that no element stays open.
class Element {
 public:
  Element(tinyxml2::XMLPrinter& printer, const char* name) : printer_(printer) { printer_.OpenElement(name); }
  ~Element() { printer_.CloseElement(); }
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;

  void attribute(const char* name, const std::string& value) {
    printer_.PushAttribute(name, xml_characters(value).c_str());
  }
  void text(const std::string& value) { printer_.PushText(xml_characters(value).c_str()); }

 private:
  tinyxml2::XMLPrinter& printer_;
};

std::vector<std::pair<const char*, std::string>> properties_of(const Context& context) {
  return {{"date", context.date},
          {"libtorch", context.libtorch},
          {"blas", context.blas},
          {"compiler", context.compiler},
          {"flags", context.flags},
          {"sandbox", context.sandbox},
          {"commit", context.commit},
          {"machine", context.machine},
          {"cores", std::to_string(context.cores)},
          {"memory_bytes", std::to_string(context.memory_bytes)},
          {"kernel", context.kernel},
          {"system", context.system},
          {"governor", context.governor},
          {"load_start", fmt::format("{:.2f}", context.load_start)},
          {"load_end", fmt::format("{:.2f}", context.load_end)},
          {"command", context.command}};
}

void add_properties(tinyxml2::XMLPrinter& printer, const Context& context) {
  Element properties(printer, "properties");
  for (const auto& [name, value] : properties_of(context)) {
    Element property(printer, "property");
    property.attribute("name", name);
    property.attribute("value", value);
  }
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

void add_counts(Element& suite, const Experiment& experiment) {
  const auto count = [&](Status status) {
    return std::to_string(std::count_if(experiment.results.begin(), experiment.results.end(),
                                        [&](const CaseResult& result) { return status_of(result) == status; }));
  };
  suite.attribute("tests", std::to_string(experiment.results.size()));
  suite.attribute("failures", count(Status::failed));
  suite.attribute("errors", count(Status::error));
  suite.attribute("skipped", count(Status::skipped));
}

double total_seconds(const Experiment& experiment) {
  double seconds = 0;
  for (const CaseResult& result : experiment.results) seconds += result.seconds;
  return seconds;
}

void add_suite(tinyxml2::XMLPrinter& printer, const Experiment& experiment) {
  Element suite(printer, "testsuite");
  suite.attribute("name", "hybugs");
  add_counts(suite, experiment);
  suite.attribute("time", fmt::format("{:.3f}", total_seconds(experiment)));
  if (!experiment.context.date.empty()) suite.attribute("timestamp", experiment.context.date);
  add_properties(printer, experiment.context);
  for (const CaseResult& result : experiment.results) add_case(printer, result);
}

bool is_xml_character(char32_t c) {
  return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

}  // namespace

std::string xml_characters(std::string_view text) {
  std::string result;
  for (const CodePoint& code_point : code_points(text)) {
    result += is_xml_character(code_point.value) ? code_point.bytes : kReplacement.bytes;
  }
  return result;
}

std::string junit_xml(const Experiment& experiment) {
  tinyxml2::XMLPrinter printer;
  printer.PushHeader(false, true);
  {
    Element suites(printer, "testsuites");
    add_suite(printer, experiment);
  }
  return printer.CStr();
}

}  // namespace hybugs
