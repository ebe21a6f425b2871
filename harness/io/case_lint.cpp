#include "harness/io/case_lint.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <sstream>

#include "harness/io/files.h"

namespace hybugs {
namespace {

// A case sees the SDK, LibTorch and the standard library: what an installed harness offers.
bool may_include(const std::string& header) {
  static const std::array<const char*, 7> kPrefixes = {"harness/sdk/", "torch/", "ATen/",    "c10/",
                                                       "caffe2/",      "sys/",   "program.h"};
  for (const char* prefix : kPrefixes) {
    if (header.rfind(prefix, 0) == 0) return true;
  }
  // The harness's own miniature corpus shares a header.
  return header == "harness/testdata/mini.h" || header.find('/') == std::string::npos;
}

void lint_line(const std::string& line, const std::string& file, int number, Errors& errors) {
  static const RE2 kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]*)[>"])re");
  std::string header;
  if (RE2::PartialMatch(line, kInclude, &header) && !may_include(header)) {
    errors.push_back({file, number, "a case may not include \"" + header + "\"",
                      "only harness/sdk/, LibTorch and the standard library; shared parts belong into harness/sdk/"});
  }
  if (line.size() > kLongestLine) {
    errors.push_back({file, number, fmt::format("the line has {} characters, at most {}", line.size(), kLongestLine),
                      "run clang-format"});
  }
  if (line.find("TODO") != std::string::npos) errors.push_back({file, number, "still to be filled in", "write it"});
}

void lint_file(const std::string& path, const std::string& display, int most_lines, Errors& errors) {
  const auto text = read_file(path);
  if (!text) {
    errors.push_back(text.error());
    return;
  }
  std::istringstream lines(*text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) lint_line(line, display, ++number, errors);
  if (number > most_lines) {
    errors.push_back({display, 0, fmt::format("{} lines, at most {}", number, most_lines),
                      "a case is read by people: leave out what the bug doesn't need"});
  }
}

// What the parser can't see: comments, and placeholders that are well-formed.
void lint_yaml(const std::string& path, const std::string& display, Errors& errors) {
  const auto text = read_file(path);
  std::istringstream lines(text ? *text : "");
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find("TODO") != std::string::npos)
      errors.push_back({display, number, "still to be filled in", "write it"});
  }
}

void lint_text(const std::string& text, const char* key, std::size_t least_words, const std::string& file,
               Errors& errors) {
  std::istringstream stream(text);
  std::size_t words = 0;
  for (std::string word; stream >> word;) ++words;
  if (words < least_words) {
    errors.push_back({file, 0, fmt::format("'{}' has {} words, at least {}", key, words, least_words),
                      "somebody who never saw the project must understand it"});
  }
}

void lint_teaching(const CaseSpec& spec, const std::string& file, Errors& errors) {
  if (spec.hints.size() < kFewestHints || spec.hints.size() > kMostHints) {
    errors.push_back({file, 0,
                      fmt::format("{} hints, a student gets {} or {}", spec.hints.size(), kFewestHints, kMostHints),
                      "from vague to concrete; the last is still not the code"});
  }
  if (spec.difficulty == 0) errors.push_back({file, 0, "no 'difficulty'", "1 (a beginner) to 3 (an expert)"});
  if (spec.prerequisites.empty()) {
    errors.push_back({file, 0, "no 'prerequisites'", "name what a student should know before"});
  }
}

}  // namespace

Errors lint_case(const CaseSpec& spec, const std::string& display_folder) {
  Errors errors;
  const std::string yaml = display_folder + "/case.yaml";
  lint_yaml(spec.folder + "/case.yaml", yaml, errors);
  lint_text(spec.title, "title", 3, yaml, errors);
  lint_text(spec.task, "task", 12, yaml, errors);
  lint_text(spec.story, "story", 40, yaml, errors);
  lint_text(spec.lesson, "lesson", 10, yaml, errors);
  lint_teaching(spec, yaml, errors);
  lint_text(spec.faithfulness.note, "faithfulness.note", 5, yaml, errors);
  lint_file(spec.folder + "/program.h", display_folder + "/program.h", kMostProgramLines, errors);
  for (const std::string& variant : spec.variants) {
    lint_file(spec.folder + "/" + variant + ".cpp", display_folder + "/" + variant + ".cpp", kMostVariantLines, errors);
  }
  return errors;
}

}  // namespace hybugs
