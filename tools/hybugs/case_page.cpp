#include "tools/hybugs/case_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <filesystem>

#include "harness/core/vocabulary.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

constexpr int kLabelWidth = 14;

template <typename Enum>
std::string with_meaning(Enum value) {
  for (const Word& word : words<Enum>()) {
    if (word.value == static_cast<int>(value)) return fmt::format("{}: {}", word.name, word.meaning);
  }
  return "?";
}

std::string mechanism_text(const std::string& id) {
  for (const Mechanism& mechanism : mechanisms()) {
    if (mechanism.id == id) return fmt::format("{}: {}", mechanism.id, mechanism.meaning);
  }
  return id;
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : separator) + part;
  }
  return text;
}

std::string source_text(const Source& source) {
  const std::string what = source.kind == Source::Kind::commit ? "commit " + source.commit.substr(0, 12)
                                                               : fmt::format("report {}", source.number);
  return joined({source.project, what, source.date}, ", ") + (source.url.empty() ? "" : "\n" + source.url);
}

std::string study_text(const StudyLabels& study) {
  const std::string labels = joined(
      {study.category.empty() ? "" : "category " + study.category, study.cause.empty() ? "" : "cause " + study.cause,
       study.symptom.empty() ? "" : "symptom " + study.symptom, study.fix.empty() ? "" : "fix " + study.fix},
      "; ");
  return labels.empty() || !study.assigned ? labels : labels + " (assigned here, not by the study)";
}

std::string call_text(const std::optional<int>& call) {
  if (!call) return "A call";
  return *call == kConstruct ? "The constructor" : fmt::format("Call {}", *call);
}

std::string exception_text(const CaseSpec& spec) {
  const std::string message = spec.failure.message;
  return call_text(spec.failure.call) + " throws" +
         (message.empty() ? "." : fmt::format(" an exception whose message matches \"{}\".", message));
}

std::string wrong_result_text(const CaseSpec& spec) {
  const std::string output = spec.failure.output ? fmt::format("in output {}", *spec.failure.output) : "";
  return joined({call_text(spec.failure.call), "differs from eager", output}, " ") + ", with all earlier ones right.";
}

std::string crash_text(const CaseSpec& spec) {
  const std::string signal = spec.failure.signal == 0 ? "" : " with " + signal_name(spec.failure.signal);
  const std::string call = spec.failure.call ? fmt::format(" in {}", *spec.failure.call == kConstruct
                                                                         ? "the constructor"
                                                                         : fmt::format("call {}", *spec.failure.call))
                                             : "";
  return "The process dies" + signal + call + ".";
}

std::string slow_text(const CaseSpec& spec) {
  return fmt::format("Call {} ({}) takes at least {:g} times as long as with fixed.", spec.timing.call,
                     with_meaning(spec.timing.phase), spec.min_ratio);
}

/// A field of the page: the label, and beside it the wrapped text.
std::string field(const std::string& label, const std::string& text, int width, bool colour) {
  if (text.empty()) return "";
  const std::string lines = wrap(text, width, kLabelWidth);
  const std::string padding(kLabelWidth - label.size(), ' ');
  return painted(label, kDim, colour) + padding + lines.substr(kLabelWidth);
}

std::string section(const std::string& title, const std::string& text, int width, bool colour) {
  return text.empty() ? "" : "\n" + painted(title, kBold, colour) + "\n" + wrap(text, width, 2);
}

std::string variants_text(const CaseSpec& spec, const Paths& paths, bool colour) {
  TextTable table({{""}, {""}, {""}, {""}});
  for (const std::string& variant : spec.variants) {
    const bool built = std::filesystem::exists(paths.library(spec.id, variant));
    table.add({"", variant, short_path(variant_path(spec, variant)), built ? "" : Cell("not built", kDim)});
  }
  const std::string rows = table.text(10000, colour);
  return "\n" + painted("Variants", kBold, colour) + "\n" + rows;
}

}  // namespace

std::string variant_path(const CaseSpec& spec, const std::string& variant) {
  return spec.folder + "/" + variant + ".cpp";
}

std::string expected_failure_text(const CaseSpec& spec) {
  switch (spec.symptom) {
    case Symptom::wrong_result:
      return wrong_result_text(spec);
    case Symptom::exception:
      return exception_text(spec);
    case Symptom::crash:
      return crash_text(spec);
    case Symptom::hang:
      return fmt::format("{} doesn't come back within {:g} s.", call_text(spec.failure.call), spec.timeout_s);
    case Symptom::slow:
      return slow_text(spec);
    case Symptom::memory:
      return fmt::format("Each call leaves at least {:g} bytes more on the heap than with fixed.", spec.min_growth);
    case Symptom::no_graph:
      return "All values are right, but no operator runs inside a graph.";
  }
  return "";
}

std::string expectations_text(const CaseSpec& spec) {
  std::string text;
  for (const Expectation& expectation : spec.expect) {
    text += fmt::format("{}LibTorch {}: {}, {}", text.empty() ? "" : "\n", expectation.libtorch,
                        to_string(expectation.verdict), expectation.because);
  }
  return text;
}

std::string case_page(const CaseSpec& spec, const Paths& paths, int width, bool colour) {
  const auto add_field = [&](const std::string& label, const std::string& text) {
    return field(label, text, width, colour);
  };
  const auto add_section = [&](const std::string& title, const std::string& text) {
    return section(title, text, width, colour);
  };
  std::string page = painted(spec.id, kBold, colour) + "\n" + wrap(spec.title, width) + "\n";
  page += add_field("mechanism", mechanism_text(spec.mechanism));
  page += add_field("symptom", with_meaning(spec.symptom));
  page += add_field("graph", with_meaning(spec.graph));
  page += add_field("domain", spec.domain);
  page += add_field("source", source_text(spec.source));
  page += add_field("study", study_text(spec.study));
  page += add_section("Task", spec.task);
  page += add_section("Story", spec.story);
  page += add_section("Lesson", spec.lesson);
  page += add_field("difficulty", spec.difficulty == 0 ? "" : fmt::format("{} of {}", spec.difficulty, kHardest));
  page += add_field("prerequisites", fmt::format("{}", fmt::join(spec.prerequisites, ", ")));
  page += add_section("Faithfulness: " + to_string(spec.faithfulness.level), spec.faithfulness.note);
  page += add_section("Expected failure of buggy", expected_failure_text(spec));
  page += add_section("Other verdicts", expectations_text(spec));
  return page + variants_text(spec, paths, colour);
}

}  // namespace hybugs
