#include "harness/report/evaluation_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/vocabulary.h"
#include "harness/report/junit_parts.h"
#include "harness/report/markdown.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"

namespace hybugs {
namespace {

constexpr int kLeastEvidence = 20;

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

/// `12 of 16 (75.0 %)`, with the rate without harness errors where there are any.
std::string rate_text(const Rate& rate) {
  std::string text = fmt::format("{} of {} ({})", rate.resolved, rate.all, percent(rate.of_all()));
  if (rate.harness_errors > 0) {
    text += fmt::format("; {} without {} of the harness", percent(rate.of_judged()),
                        counted(static_cast<std::size_t>(rate.harness_errors), "error"));
  }
  return text;
}

std::string predictions_text(const Evaluation& evaluation, int width, bool colour) {
  TextTable table({{"case"},
                   {"model"},
                   {"status"},
                   {"evidence", Column::Align::left, kLeastEvidence},
                   {"time", Column::Align::right}});
  for (const EvaluationResult& result : evaluation.results) {
    table.add({result.id,
               one_line(result.model),
               {to_string(result.verdict.status), style_of(result.verdict.status)},
               one_line(result.verdict.evidence),
               duration_text(result.seconds)});
  }
  return table.text(width, colour);
}

std::string void_text(const Evaluation& evaluation) {
  return "VOID: the gate " + evaluation.settings.gate + ". Nothing here says anything about any model.\n";
}

std::string rates_text(const Evaluation& evaluation, int width, bool colour) {
  TextTable table({{"model"}, {"resolved"}});
  for (const ModelRates& rates : rates_of(evaluation.results)) table.add({one_line(rates.model), rate_text(rates.all)});
  return table.text(width, colour);
}

void add_rates(std::string& out, const char* title, const std::vector<std::pair<std::string, Rate>>& rates) {
  out += fmt::format("\n| {} | resolved |\n|---|---|\n", title);
  for (const auto& [name, rate] : rates) out += fmt::format("| {} | {} |\n", markdown_cell(name), rate_text(rate));
}

void add_testcase(tinyxml2::XMLPrinter& printer, const EvaluationResult& result) {
  Element testcase(printer, "testcase");
  testcase.attribute("classname", result.mechanism);
  testcase.attribute("name", result.id);
  testcase.attribute("time", fmt::format("{:.3f}", result.seconds));
  const EvaluationStatus status = result.verdict.status;
  if (status == EvaluationStatus::resolved) return;
  Element problem(printer, status == EvaluationStatus::harness_error ? "error" : "failure");
  problem.attribute("type", to_string(status));
  problem.attribute("message", one_line(result.verdict.evidence));
  problem.text(result.verdict.evidence);
}

void add_suite(tinyxml2::XMLPrinter& printer, const Evaluation& evaluation, const ModelRates& rates) {
  Element suite(printer, "testsuite");
  suite.attribute("name", rates.model);
  suite.attribute("tests", std::to_string(rates.all.all));
  suite.attribute("failures", std::to_string(rates.all.all - rates.all.resolved - rates.all.harness_errors));
  suite.attribute("errors", std::to_string(rates.all.harness_errors));
  suite.attribute("timestamp", evaluation.context.date);
  add_properties(printer, evaluation.context);
  for (const EvaluationResult& result : evaluation.results) {
    if (result.model == rates.model) add_testcase(printer, result);
  }
}

}  // namespace

const Style& style_of(EvaluationStatus status) {
  if (status == EvaluationStatus::resolved) return kGreen;
  return status == EvaluationStatus::harness_error ? kYellow : kRed;
}

std::string evaluation_table(const Evaluation& evaluation, int width, bool colour) {
  std::string out = predictions_text(evaluation, width, colour);
  out += "\n" + rates_text(evaluation, width, colour);
  if (evaluation.is_void()) out += "\n" + painted(void_text(evaluation), kRed, colour);
  return out;
}

std::string evaluation_markdown(const Evaluation& evaluation) {
  const EvaluationSettings& settings = evaluation.settings;
  std::string out = "# Evaluation\n\n";
  if (evaluation.is_void()) out += "**" + void_text(evaluation) + "**\n";
  out += fmt::format("{}, LibTorch {}, {}, {}. Seeds {} (drawn from `--seed {}`), sandbox `{}`, gate {}.\n",
                     evaluation.context.date, evaluation.context.libtorch, evaluation.context.system,
                     evaluation.context.machine, fmt::join(settings.seeds, ", "), settings.seed, settings.sandbox,
                     markdown_cell(settings.gate));
  for (const ModelRates& rates : rates_of(evaluation.results)) {
    out += fmt::format("\n## {}\n\nResolved: {}\n", markdown_cell(rates.model), rate_text(rates.all));
    add_rates(out, "mechanism", rates.by_mechanism);
    add_rates(out, "category of the study", rates.by_category);
    out += "\n| case | status | evidence |\n|---|---|---|\n";
    for (const EvaluationResult& result : evaluation.results) {
      if (result.model != rates.model) continue;
      out +=
          fmt::format("| {} | {} | {} |\n", markdown_cell(result.id), markdown_cell(to_string(result.verdict.status)),
                      markdown_cell(fit(result.verdict.evidence, 200)));
    }
  }
  if (!evaluation.input_errors.empty()) out += "\n## Lines that were no prediction\n\n";
  for (const std::string& error : evaluation.input_errors) out += "- " + markdown_cell(error) + "\n";
  return out;
}

std::string evaluation_junit(const Evaluation& evaluation) {
  tinyxml2::XMLPrinter printer;
  printer.PushHeader(false, true);
  {
    Element suites(printer, "testsuites");
    for (const ModelRates& rates : rates_of(evaluation.results)) add_suite(printer, evaluation, rates);
  }
  return printer.CStr();
}

}  // namespace hybugs
