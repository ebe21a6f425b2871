// The part of compare.h that looks at whole trials.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <limits>

#include "harness/core/compare.h"
#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

using Kind = Disagreement::Kind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr const char* kHang = "ran into the time limit";

std::string shortened(const std::string& line) {
  constexpr std::size_t kMost = 300;
  return line.size() <= kMost ? line : line.substr(0, character_start(line, kMost)) + "...";
}

/// The line of a message that says most: the last reason, for TorchScript writes it after its traceback, or the first.
std::string gist(const std::string& message) {
  static const RE2 reason(R"((?s:.*)(?m:^)(\w*(?:Error|Exception): [^\n]*))");
  static const RE2 first_line(R"(\s*([^\n]*))");
  std::string line;
  if (!RE2::PartialMatch(message, reason, &line)) RE2::PartialMatch(message, first_line, &line);
  return shortened(line);
}

/// `returned` or `threw c10::Error: Sizes of tensors must match`.
std::string call_text(const std::optional<Thrown>& thrown) {
  if (!thrown) return "returned";
  const std::string type = thrown->type.empty() ? "what is no std::exception" : thrown->type;
  const std::string line = gist(thrown->message);
  return fmt::format("threw {}{}{}", type, line.empty() ? "" : ": ", line);
}

std::string crash_text(const TrialRecord& trial) {
  if (trial.exit_code) return fmt::format("left with exit code {}", *trial.exit_code);
  if (trial.signal == 0) return "stopped answering";  // it closed its descriptors
  const std::string name = signal_name(trial.signal);
  return "crashed by " + (name.empty() ? fmt::format("signal {}", trial.signal) : name);
}

bool accepts(const CaseSpec& spec, const std::string& message) {
  return RE2::PartialMatch(message, RE2(spec.compare.message, RE2::Quiet));
}

std::optional<Disagreement> compare_thrown(const std::optional<Thrown>& eager, const std::optional<Thrown>& actual,
                                           const CaseSpec& spec) {
  if (!eager && !actual) return std::nullopt;
  if (eager && actual && accepts(spec, actual->message)) return std::nullopt;
  Disagreement found;
  found.kind = !eager ? Kind::exception : !actual ? Kind::no_exception : Kind::message;
  found.error = is_wrong_result(found.kind) ? kInfinity : 0;
  found.expected = call_text(eager);
  found.got = call_text(actual);
  if (actual) found.message = actual->message;
  return found;
}

Disagreement other_count(const std::string& what, std::size_t expected, std::size_t actual) {
  Disagreement found;
  found.kind = Kind::count;
  found.error = kInfinity;
  found.expected = fmt::format("{} {}s", expected, what);
  found.got = fmt::format("{} {}s", actual, what);
  return found;
}

/// `what`: `output` or `input`.
std::optional<Disagreement> compare_lists(const std::string& what, const std::vector<Value>& expected,
                                          const std::vector<Value>& actual, const CaseSpec& spec, double limit) {
  if (expected.size() != actual.size()) return other_count(what, expected.size(), actual.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    auto found = compare_values(expected[i], actual[i], spec, fmt::format("{} {}", what, i), limit);
    if (!found) continue;
    if (what == "output") found->output_index = static_cast<int>(i);
    return found;
  }
  return std::nullopt;
}

std::optional<Disagreement> compare_calls(const CallRecord& eager, const CallRecord& actual, const CaseSpec& spec,
                                          double limit) {
  if (auto found = compare_thrown(eager.thrown, actual.thrown, spec)) return found;
  if (auto found = compare_lists("output", eager.outputs, actual.outputs, spec, limit)) return found;
  return spec.compare.inputs ? compare_lists("input", eager.inputs, actual.inputs, spec, limit) : std::nullopt;
}

std::optional<Disagreement> at_call(int call, std::optional<Disagreement> found) {
  if (found) found->call = call;
  return found;
}

Kind ending_kind(Outcome outcome) {
  switch (outcome) {
    case Outcome::crashed:
      return Kind::crash;
    case Outcome::timed_out:
      return Kind::hang;
    case Outcome::out_of_memory:
      return Kind::out_of_memory;
    default:
      return Kind::missing;
  }
}

/// The call that a trial was in when it ended.
int last_call(const TrialRecord& trial) {
  return trial.calls.empty() && !trial.constructed ? kConstruct : static_cast<int>(trial.calls.size());
}

/// What eager did in the call in which the other trial ended.
std::string eager_text(const TrialRecord& eager, int call) {
  if (call == kConstruct) return eager.construct ? call_text(eager.construct) : "was constructed";
  const auto index = static_cast<std::size_t>(call);
  return index < eager.calls.size() ? call_text(eager.calls[index].thrown) : ending_text(eager);
}

/// Where all calls that both finished agree: did the trial end where and as eager did?
std::optional<Disagreement> compare_endings(const TrialRecord& eager, const TrialRecord& actual) {
  if (actual.calls.size() == eager.calls.size() && actual.outcome == eager.outcome) return std::nullopt;
  Disagreement found;
  found.kind = ending_kind(actual.outcome);
  found.call = last_call(actual);
  found.expected = eager_text(eager, found.call);
  found.got = ending_text(actual);
  return found;
}

std::optional<Disagreement> compare_teardowns(const TrialRecord& eager, const TrialRecord& actual) {
  if (actual.teardown == eager.teardown || actual.teardown == Teardown::clean) return std::nullopt;
  const bool crashed = actual.teardown == Teardown::crashed;
  Disagreement found;
  found.kind = crashed ? Kind::crash : Kind::hang;
  found.call = static_cast<int>(actual.calls.size());
  found.expected = ending_text(eager);
  found.got = fmt::format("{} after the last call", crashed ? crash_text(actual) : kHang);
  return found;
}

double list_error(const std::vector<Value>& expected, const std::vector<Value>& actual, const CaseSpec& spec) {
  if (expected.size() != actual.size()) return kInfinity;
  double largest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto found = compare_values(expected[i], actual[i], spec, "", 0);
    if (found) largest = std::max(largest, found->error);
  }
  return largest;
}

double call_error(const CallRecord& eager, const CallRecord& actual, const CaseSpec& spec) {
  const double outputs = list_error(eager.outputs, actual.outputs, spec);
  return spec.compare.inputs ? std::max(outputs, list_error(eager.inputs, actual.inputs, spec)) : outputs;
}

}  // namespace

std::string ending_text(const TrialRecord& trial) {
  switch (trial.outcome) {
    case Outcome::completed:
      return fmt::format("completed {} calls", trial.calls.size());
    case Outcome::threw:
      return trial.construct ? call_text(trial.construct) : "threw before the first call";
    case Outcome::crashed:
      return crash_text(trial);
    case Outcome::timed_out:
      return kHang;
    case Outcome::out_of_memory:
      return "exceeded the memory limit";
    case Outcome::harness_error:
      break;
  }
  return "ended by a failure of the harness";
}

std::optional<Disagreement> first_disagreement(const TrialRecord& eager, const TrialRecord& actual,
                                               const CaseSpec& spec, double limit) {
  if (auto found = compare_thrown(eager.construct, actual.construct, spec)) return at_call(kConstruct, found);
  const std::size_t common = std::min(eager.calls.size(), actual.calls.size());
  for (std::size_t i = 0; i < common; ++i) {
    auto found = compare_calls(eager.calls[i], actual.calls[i], spec, limit);
    if (found) return at_call(static_cast<int>(i), std::move(found));
  }
  return compare_endings(eager, actual);
}

std::optional<Disagreement> first_trouble(const TrialRecord& eager, const TrialRecord& actual, const CaseSpec& spec) {
  if (auto found = first_disagreement(eager, actual, spec)) return found;
  return compare_teardowns(eager, actual);
}

double largest_error(const TrialRecord& eager, const TrialRecord& actual, const CaseSpec& spec) {
  double largest = 0;
  for (std::size_t i = 0; i < std::min(eager.calls.size(), actual.calls.size()); ++i) {
    largest = std::max(largest, call_error(eager.calls[i], actual.calls[i], spec));
  }
  return largest;
}

}  // namespace hybugs
