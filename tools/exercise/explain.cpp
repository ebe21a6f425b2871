#include "tools/exercise/explain.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace hybugs {
namespace {

using Kind = Disagreement::Kind;

std::string ordinal(int index) {
  constexpr const char* kFirst[] = {"first", "second",  "third",  "fourth", "fifth",
                                    "sixth", "seventh", "eighth", "ninth",  "tenth"};
  if (index < static_cast<int>(std::size(kFirst))) return kFirst[index];
  return fmt::format("{}th", index + 1);
}

std::string where(const Disagreement& found) {
  if (found.call == kConstruct) return "While the program is constructed";
  return fmt::format("In call {} (the {} one; calls are counted from 0)", found.call, ordinal(found.call));
}

std::string error_text(const Disagreement& found) {
  return std::isinf(found.error) ? "" : fmt::format(": an error of {:.2g} times the tolerance", found.error);
}

/// Behind "should be X, but your program returned Y".
std::string difference_text(Kind kind) {
  switch (kind) {
    case Kind::shape:
      return ": another shape";
    case Kind::dtype:
      return ": another type of elements";
    case Kind::type:
      return ": another kind of value";
    case Kind::count:
      return ": another number of them";
    case Kind::requires_grad:
      return " for requires_grad";
    default:
      return "";
  }
}

/// A message of an exception within a sentence.
std::string without_full_stop(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

std::string what(const Disagreement& found, const CaseSpec& settings) {
  const std::string got = without_full_stop(found.got);
  const std::string expected = without_full_stop(found.expected);
  switch (found.kind) {
    case Kind::exception:
    case Kind::no_exception:
    case Kind::missing:
      return fmt::format("your program {}, where the eager program {}", got, expected);
    case Kind::message:
      return fmt::format("your program {}, where the eager program {}: the message must say the same", got, expected);
    case Kind::crash:
      return fmt::format("the process of your program {}, where the eager program {}", got, expected);
    case Kind::hang:
      return fmt::format("your program does not come back within {:g} s, where the eager program {}",
                         settings.timeout_s, expected);
    case Kind::out_of_memory:
      return fmt::format("your program takes more than {:g} MB of memory", settings.memory_mb);
    default:
      break;
  }
  const std::string output = found.output.empty() ? "the result" : found.output;
  return fmt::format("{} should be {}, but your program returned {}{}{}", output, found.expected, found.got,
                     difference_text(found.kind), found.kind == Kind::value ? error_text(found) : "");
}

std::string calls_before(const Disagreement& found) {
  if (found.call <= 0) return "";
  return found.call == 1 ? " Call 0 is right." : fmt::format(" Calls 0 to {} are right.", found.call - 1);
}

}  // namespace

std::string explain(const Disagreement& found, const CaseSpec& settings) {
  return fmt::format("{} {}.{}", where(found), what(found, settings), calls_before(found));
}

std::string explain(const Disagreement& found, const CaseSpec& settings, std::uint64_t seed) {
  const std::string text = explain(found, settings);
  if (seed == 0) return text;
  return fmt::format("With other inputs (seed {}; the seeds before agree) it is still wrong. {}", seed, text);
}

}  // namespace hybugs
