// hybugs list: which cases there are.
#include <fmt/format.h>
#include <unistd.h>

#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/core/vocabulary.h"
#include "harness/io/results.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/case_filter.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

constexpr int kLeastTitle = 20;

struct ListOptions {
  CaseFilter filter;
  bool json = false;
};

std::vector<const CaseSpec*> filtered(const Corpus& corpus, const CaseFilter& filter) {
  std::vector<const CaseSpec*> cases;
  for (const CaseSpec& spec : corpus.cases) {
    if (matches(filter, spec)) cases.push_back(&spec);
  }
  return cases;
}

void print_cases_json(const std::vector<const CaseSpec*>& cases) {
  nlohmann::json list = nlohmann::json::array();
  for (const CaseSpec* spec : cases) list.push_back(to_json(*spec));
  print_json(list);
}

// In a pipe nothing is cut: grep and awk want whole titles.
int list_width() {
  return is_terminal(STDOUT_FILENO) ? output_width(STDOUT_FILENO) : std::numeric_limits<int>::max();
}

void print_table(const Session& session, const std::vector<const CaseSpec*>& cases, std::size_t total) {
  TextTable table({{"id"}, {"mechanism"}, {"symptom"}, {"title", Column::Align::left, kLeastTitle}});
  for (const CaseSpec* spec : cases) table.add({spec->id, spec->mechanism, to_string(spec->symptom), spec->title});
  if (!cases.empty()) print(table.text(list_width(), session.colour) + "\n");
  print(cases.size() == total ? counted(total, "case") + "\n"
                              : fmt::format("{} of {}\n", cases.size(), counted(total, "case")));
}

int list(const Session& session, const ListOptions& options) {
  const Errors errors = unknown_words(options.filter);
  for (const Error& error : errors) print_error(error);
  if (!errors.empty()) return kUsage;
  const Corpus corpus = session.load();
  const std::vector<const CaseSpec*> cases = filtered(corpus, options.filter);
  if (options.json) {
    print_cases_json(cases);
  } else {
    print_table(session, cases, corpus.cases.size());
  }
  return corpus.errors.empty() ? kAsExpected : kUsage;
}

}  // namespace

void add_list(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("list", "List the cases");
  const auto options = std::make_shared<ListOptions>();
  CaseFilter& filter = options->filter;
  const auto add = [&](const std::string& name, std::vector<std::string>& words, const std::string& help) {
    command->add_option(name, words, help)->allow_extra_args(false);  // one word each, so that options can be repeated
  };
  add("--mechanism", filter.mechanisms, "what the graph does wrong (cases/README.md explains the ids); repeatable");
  add("--symptom", filter.symptoms, "what a user sees: wrong_result, exception, crash, ...; repeatable");
  add("--category", filter.categories, "the study's category, such as 'API Misuse'; repeatable");
  add("--id", filter.ids, "a part of the id, or a pattern such as 'pt-*'; repeatable");
  command->add_flag("--json", options->json, "all that case.yaml says, as a JSON array");
  command->footer(
      "Options of one name are alternatives; different ones must all hold.\n"
      "Examples:\n"
      "  hybugs list --symptom crash --symptom hang   what crashes or hangs\n"
      "  hybugs list --id 'pt-*' --json               the cases from PyTorch's issues, for programs");
  command->callback([&session, options] { session.exit_code = list(session, *options); });
}

}  // namespace hybugs
