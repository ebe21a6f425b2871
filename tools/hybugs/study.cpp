// hybugs study: what became of every bug that was considered for the corpus.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"
#include "tools/hybugs/study_counts.h"

namespace hybugs {
namespace {

constexpr int kLongestLine = 100;
constexpr int kLeastLabel = 20;

struct StudyOptions {
  bool reasons = false;
  bool json = false;
};

struct Part {
  std::string title;
  const std::vector<LedgerRow>& rows;
  const std::vector<Dimension>& dimensions;
};

std::vector<Cell> cells(const Cell& label, const LedgerCounts& counts) {
  std::vector<Cell> row = {label};
  for (const std::size_t count : {counts.bugs, counts.cases, counts.planned, counts.same, counts.no_case}) {
    row.emplace_back(count == 0 ? "-" : std::to_string(count));
  }
  return row;
}

std::string dimension_table(const Part& part, const Dimension& dimension, int width, bool colour) {
  constexpr auto kRight = Column::Align::right;
  TextTable table({{dimension.name, Column::Align::left, kLeastLabel},
                   {"bugs", kRight},
                   {"cases", kRight},
                   {"planned", kRight},
                   {"same as another", kRight},
                   {"no case", kRight}});
  for (const LabelCounts& entry : count_by(part.rows, dimension)) {
    table.add(cells(entry.label.empty() ? Cell("(no label)", kDim) : Cell(entry.label), entry.counts));
  }
  table.add(cells({"total", kBold}, count_rows(part.rows)));
  return table.text(width, colour);
}

void print_part(const Part& part, int width, bool colour) {
  print(painted(part.title, kBold, colour) + "\n\n");
  for (const Dimension& dimension : part.dimensions) print(dimension_table(part, dimension, width, colour) + "\n");
}

void print_reasons(const Part& part, int width, bool colour) {
  print(painted(part.title + ": why there is no case", kBold, colour) + "\n");
  for (const LedgerRow& row : part.rows) {
    if (row.state == LedgerRow::State::no_case) print("\n" + row.id + "\n" + wrap(row.target, width, 4));
  }
  print("\n");
}

/// The folders of cases, broken ones included: those have their own errors, and the ledger is right to name them.
std::vector<std::string> case_folders(const Corpus& corpus) {
  namespace fs = std::filesystem;
  std::vector<std::string> ids = corpus.ids();
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(corpus.folder, ignored)) {
    const std::string id = entry.path().filename().string();
    const bool is_case = fs::exists(entry.path() / "case.yaml", ignored);
    if (is_case && corpus.find(id) == nullptr) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

Ledger load_ledger(const Session& session, const Corpus& corpus, Errors& errors) {
  const std::string file = session.paths.cases + "/ledger.yaml";
  Ledger ledger = read_ledger(file, short_path(file), errors);
  if (!errors.empty()) return ledger;  // what couldn't be read can't be compared
  errors = check_ledger(ledger, short_path(file), case_folders(corpus));
  return ledger;
}

int study(const Session& session, const StudyOptions& options) {
  const Corpus corpus = session.load();
  Errors errors;
  const Ledger ledger = load_ledger(session, corpus, errors);
  for (const Error& error : errors) print_error(error);
  const Part study_part{"Bug fixes of the study", ledger.study, study_dimensions()};
  const Part report_part{"Reports from elsewhere", ledger.reports, report_dimensions()};
  const int width = std::min(output_width(STDOUT_FILENO), kLongestLine);
  if (options.json) {
    print_json({{"study", counts_json(ledger.study, study_dimensions())},
                {"reports", counts_json(ledger.reports, report_dimensions())}});
  } else {
    for (const Part* part : {&study_part, &report_part}) {
      options.reasons ? print_reasons(*part, width, session.colour) : print_part(*part, width, session.colour);
    }
  }
  return errors.empty() && corpus.errors.empty() ? kAsExpected : kUsage;
}

}  // namespace

void add_study(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("study", "What became of every bug that was considered: cases, plans, reasons");
  const auto options = std::make_shared<StudyOptions>();
  command->add_flag("--reasons", options->reasons, "list the bugs that can't be cases, and why");
  command->add_flag("--json", options->json, "counts and reasons as JSON");
  command->footer(
      "The data are cases/ledger.yaml; the labels are those of the MSR'22 study, the mechanisms ours.\n"
      "Examples:\n"
      "  hybugs study             counts by category, cause, symptom, fix and mechanism\n"
      "  hybugs study --reasons   why some bugs have no case");
  command->callback([&session, options] { session.exit_code = study(session, *options); });
}

}  // namespace hybugs
