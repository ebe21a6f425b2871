#include "tools/hybugs/case_template.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <nlohmann/json.hpp>

#include "harness/core/vocabulary.h"
#include "harness/io/files.h"

namespace hybugs {
namespace {

/// JSON's strings are YAML's too, whatever is in them.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string quoted_or_todo(const std::string& text, const std::string& todo) {
  return quoted(text.empty() ? "TODO: " + todo : text);
}

// What is unknown gets a value that is well formed and plainly wrong, so that the case can be run at once.
std::string source_yaml(const Source& source) {
  const std::string project = source.project.empty() ? "TODO/TODO" : source.project;
  const std::string date = source.date.empty() ? "1970-01-01" : source.date;
  const bool is_commit = source.kind == Source::Kind::commit;
  const std::string commit = source.commit.empty() ? std::string(40, '0') : source.commit;
  const std::string url =
      source.url.empty() ? fmt::format("https://github.com/{}/issues/{}", project, source.number) : source.url;
  const bool complete =
      !source.project.empty() && !source.date.empty() && (is_commit ? !source.commit.empty() : source.number > 0);
  return fmt::format(
      "{{kind: {}, project: {}, {}, date: {}}}{}", to_string(source.kind), quoted(project),
      is_commit ? "commit: " + quoted(commit) : fmt::format("number: {}, url: {}", source.number, quoted(url)),
      quoted(date), complete ? "" : "  # TODO: complete it");
}

std::string study_yaml(const StudyLabels& study) {
  std::string labels;
  const auto add = [&](const char* key, const std::string& label) {
    if (!label.empty()) labels += fmt::format("{}{}: {}", labels.empty() ? "" : ", ", key, quoted(label));
  };
  add("category", study.category);
  add("cause", study.cause);
  add("symptom", study.symptom);
  add("fix", study.fix);
  if (study.assigned) labels += labels.empty() ? "" : ", assigned: true";
  return "{" + labels + "}" +
         (labels.empty() ? "  # TODO: category, cause, symptom, fix of the study, if it has some" : "");
}

template <typename T>
void complete(T& target, const T& known) {
  if (target == T{}) target = known;
}

}  // namespace

void complete_from(const LedgerRow& row, NewCase& fresh) {
  Source& source = fresh.source;
  if (source.commit.empty() && source.number == 0) {
    source.kind = row.commit.empty() ? Source::Kind::report : Source::Kind::commit;
    source.commit = row.commit;
    source.number = row.number;
    complete(source.url, row.url);
  }
  complete(source.project, row.project);
  complete(fresh.mechanism, row.mechanism);
  fresh.study = row.study;
}

std::map<std::string, std::string> template_words(const NewCase& fresh) {
  const bool guessed = fresh.mechanism.empty();
  return {{"ID", fresh.id},
          {"TITLE", quoted_or_todo(fresh.title, "what breaks and when, in one line")},
          {"SOURCE", source_yaml(fresh.source)},
          {"STUDY", study_yaml(fresh.study)},
          {"DOMAIN", quoted_or_todo(fresh.domain, "the field of the program, such as particle physics")},
          {"MECHANISM", guessed ? "shape-baked   # TODO: one of the ids in cases/README.md" : fresh.mechanism}};
}

std::string fill_template(const std::string& text, const std::map<std::string, std::string>& words) {
  static const RE2 placeholder("(?s)(.*?)@([A-Z]+)@");
  std::string filled, before, name;
  re2::StringPiece rest(text);
  while (RE2::Consume(&rest, placeholder, &before, &name)) {
    const auto word = words.find(name);
    filled += before;
    filled += word == words.end() ? fmt::format("@{}@", name) : word->second;
  }
  return filled + std::string(rest);
}

Result<void> write_case(const std::string& templates, const std::string& folder, const NewCase& fresh) {
  for (const char* name : {"case.yaml", "program.h", "buggy.cpp", "fixed.cpp"}) {
    const auto text = read_file(templates + "/" + name);
    if (!text) return Unexpected(text.error());
    const auto written = write_file(folder + "/" + name, fill_template(*text, template_words(fresh)));
    if (!written) return Unexpected(written.error());
  }
  return {};
}

}  // namespace hybugs
