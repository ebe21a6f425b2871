#include "tools/hybugs/leak_check.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "harness/io/files.h"
#include "tools/hybugs/code_words.h"

namespace hybugs {
namespace {

using Words = std::set<std::string>;

constexpr const char* kFramework = "torch";  // the name of a project, too, and a word of every program

constexpr std::size_t kShortestWord = 4;
constexpr std::size_t kShortestCommit = 7;
constexpr std::size_t kShortestNumber = 4;  // digits; a shorter one is a number like any other, except behind #

// Keywords of C++ and Python, then nouns for what programs take and return. A noun that names an operation or a part of
// graph mode doesn't belong here.
const Words& plain_words() {
  static const Words words = {
      "auto",   "bool",     "break",     "case",    "catch",  "class",    "const",  "continue",  "default",
      "double", "else",     "false",     "float",   "from",   "import",   "long",   "namespace", "none",
      "pass",   "private",  "protected", "public",  "return", "self",     "short",  "static",    "struct",
      "switch", "template", "this",      "throw",   "true",   "typename", "using",  "virtual",   "void",
      "while",  "with",     "batch",     "draw",    "draws",  "elements", "image",  "images",    "index",
      "input",  "inputs",   "items",     "length",  "list",   "loss",     "losses", "name",      "number",
      "output", "outputs",  "result",    "results", "sample", "samples",  "shape",  "size",      "step",
      "steps",  "tensor",   "tensors",   "text",    "type",   "types",    "value",  "values"};
  return words;
}

Words difference(const Words& from, const Words& without) {
  Words rest;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(), std::inserter(rest, rest.begin()));
  return rest;
}

Words code_words(const std::string& text) {
  return words_of(without_comments(text), kShortestWord);
}

const std::string& file_of(const TaskFiles& files, const std::string& name) {
  static const std::string none;
  const auto found = files.find(name);
  return found == files.end() ? none : found->second;
}

// Words that only the repaired program has.
Words words_of_the_repair(const TaskFiles& files, const TaskFiles& frame, const std::string& fixed) {
  Words words = code_words(fixed);
  for (const char* name : {"hybrid.cpp", "program.h"}) words = difference(words, code_words(file_of(files, name)));
  for (const auto& [name, text] : frame) words = difference(words, words_of(text, kShortestWord));
  return words;
}

bool is_marked_as_code(const std::string& text, const std::string& word) {
  return RE2::PartialMatch(text, R"re((?i)(?:`[^`\n]*\b|\.|::|->))re" + word + R"re(\b|\b)re" + word + R"re(\()re");
}

// The code of hybrid.cpp and program.h has none of these words: what is found in them stands in comments.
void find_words(const Words& words, const std::string& file, const std::string& text, std::vector<Leak>& leaks) {
  for (const std::string& word : words_of(text, kShortestWord)) {
    if (words.count(word) == 0) continue;
    if (plain_words().count(word) != 0 && !is_marked_as_code(text, word)) continue;
    leaks.push_back({file, line_of(text, word), fmt::format("'{}' is a word of the repair", word)});
  }
}

struct Phrase {
  std::string text;
  std::string what;
};

std::string with_underscores(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::vector<Phrase> phrases_of_the_source(const CaseSpec& spec) {
  const Source& source = spec.source;
  const std::string name = source.project.substr(source.project.find('/') + 1);
  std::vector<Phrase> phrases = {
      {source.project, "the project"}, {spec.id, "the case's id"}, {source.url, "the link to the source"}};
  if (name != kFramework) phrases.push_back({name, "the project's name"});
  if (with_underscores(name) != name) phrases.push_back({with_underscores(name), "the project's name"});
  const std::string number = std::to_string(source.number);
  if (source.number > 0) phrases.push_back({"#" + number, "the issue's number"});
  if (number.size() >= kShortestNumber) phrases.push_back({number, "the issue's number"});
  return phrases;
}

void find_source(const CaseSpec& spec, const std::string& file, const std::string& text, std::vector<Leak>& leaks) {
  for (const Phrase& phrase : phrases_of_the_source(spec)) {
    const int line = line_of(text, phrase.text);
    if (line > 0) leaks.push_back({file, line, fmt::format("'{}' is {}", phrase.text, phrase.what)});
  }
  if (spec.source.commit.size() >= kShortestCommit) {
    const std::string start = spec.source.commit.substr(0, kShortestCommit);
    if (text.find(start) != std::string::npos) leaks.push_back({file, 0, fmt::format("'{}' is the commit", start)});
  }
  std::string link;
  if (RE2::PartialMatch(text, R"re(((?:[a-z]+://|www\.|github\.com)[^\s)>"]*))re", &link)) {
    leaks.push_back({file, 0, fmt::format("'{}' is a link", link)});
  }
}

// The file and line of the case that a line of the task comes from.
Error error_of(const Leak& leak, const std::string& display_folder) {
  const std::string hint = "a repair tool sees this text: say it otherwise, or rename it in fixed.cpp";
  if (leak.file == "hybrid.cpp") return {display_folder + "/buggy.cpp", leak.line, leak.what, hint};
  if (leak.file == "program.h") return {display_folder + "/program.h", leak.line, leak.what, hint};
  return {display_folder + "/case.yaml", 0, "in the task: " + leak.what, hint};
}

}  // namespace

std::vector<Leak> find_leaks(const CaseSpec& spec, const TaskFiles& files, const TaskFiles& frame,
                             const std::string& fixed) {
  std::vector<Leak> leaks;
  const Words words = words_of_the_repair(files, frame, fixed);
  for (const auto& [name, text] : files) {
    find_words(words, name, text, leaks);
    find_source(spec, name, text, leaks);
  }
  const std::string& message = spec.failure.message;
  if (!message.empty() && file_of(files, "TASK.md").find(message) != std::string::npos) {
    leaks.push_back({"TASK.md", 0, fmt::format("'{}' is the pattern of the expected message", message)});
  }
  return leaks;
}

Errors check_leaks(const CaseSpec& spec, const std::string& templates, const std::string& display_folder) {
  const auto files = task_files(spec, templates);
  const auto fixed = read_file(spec.folder + "/fixed.cpp");
  CaseSpec no_case;
  no_case.symptom = spec.symptom;
  const auto frame = task_frame(no_case, templates);
  if (!files || !fixed || !frame) return {};
  Errors errors;
  for (const Leak& leak : find_leaks(spec, *files, *frame, *fixed)) errors.push_back(error_of(leak, display_folder));
  return errors;
}

}  // namespace hybugs
