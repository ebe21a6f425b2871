// hybugs new: the skeleton of a case.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "harness/io/case_yaml.h"
#include "harness/io/files.h"
#include "tools/hybugs/case_template.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "hybugs-new-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string ledger_file(const Session& session) {
  return session.paths.cases + "/ledger.yaml";
}

/// The ledger's row of the new case. Mistakes elsewhere in the ledger are `hybugs study`'s business.
std::optional<LedgerRow> ledger_row(const Session& session, const std::string& id) {
  Errors ignored;
  const Ledger ledger = read_ledger(ledger_file(session), "", ignored);
  for (const auto* rows : {&ledger.study, &ledger.reports}) {
    for (const LedgerRow& row : *rows) {
      if (row.id == id) return row;
    }
  }
  return std::nullopt;
}

void warn_unless_planned(const LedgerRow& row) {
  if (row.state == LedgerRow::State::no_case) {
    fmt::print(stderr, "note: the ledger says that no case can be made from {}: {}\n", row.id, row.target);
  } else if (row.state == LedgerRow::State::same_as) {
    fmt::print(stderr, "note: the ledger says that {} is the same bug as {}\n", row.id, row.target);
  }
}

std::optional<Error> refusal(const Session& session, const NewCase& fresh) {
  if (!is_case_id(fresh.id)) {
    return Error{"", 0, fmt::format("'{}' can't be the id of a case", fresh.id),
                 "an id is letters, digits, '.', '_' and '-', such as tf-pwa-0db1b0b or pt-86537"};
  }
  std::error_code ignored;
  const fs::path folder = fs::path(session.paths.cases) / fresh.id;
  if (fs::exists(fs::symlink_status(folder, ignored))) {
    return Error{short_path(folder.string()), 0, "is there already", "ids are never used twice"};
  }
  return std::nullopt;
}

// The case is made elsewhere and read like any other, so that a wrong word leaves nothing behind.
Errors create(const Session& session, const NewCase& fresh) {
  const TemporaryFolder temporary;
  const std::string draft = temporary.path() + "/" + fresh.id;
  if (const auto made = make_folder(draft); !made) return {made.error()};
  if (const auto written = write_case(session.paths.templates(), draft, fresh); !written) return {written.error()};
  CaseSpec spec;
  Errors errors = read_case(draft, "", spec);
  for (Error& error : errors) error = {"", 0, error.message, error.hint};
  if (!errors.empty()) return errors;
  std::error_code code;
  fs::copy(draft, fs::path(session.paths.cases) / fresh.id, fs::copy_options::recursive, code);
  if (!code) return {};
  return {{short_path(session.paths.cases + "/" + fresh.id), 0, "cannot be made: " + code.message(), ""}};
}

void print_next_steps(const Session& session, const std::string& id, bool in_ledger) {
  const std::string folder = short_path(session.paths.cases + "/" + id);
  const std::string row = in_ledger ? "Change its row to" : "Add a row with";
  print(
      fmt::format("Made {}: case.yaml, program.h, buggy.cpp, fixed.cpp. It is an example that runs; next:\n", folder));
  print("  1. Read the original: the commit, its parent, its tests, the issue behind it.\n");
  print(
      "  2. Replace the example in program.h, buggy.cpp and fixed.cpp; add a wrong_<name>.cpp, a repair that looks\n");
  print("     right and is not.\n");
  print(fmt::format("  3. Fill in {}/case.yaml: everything that says TODO.\n", folder));
  print(fmt::format("  4. Look at the failure, call by call: {} debug {} --variant buggy --seed 0\n", session.program(),
                    id));
  print(fmt::format("  5. Prove it: {} check {} --proof full\n", session.program(), id));
  print(fmt::format("  6. {} `case: {}` in {}\n", row, id, short_path(ledger_file(session))));
  print("cases/README.md explains each step.\n");
}

int make_case(const Session& session, NewCase fresh) {
  if (const auto error = refusal(session, fresh)) {
    print_error(*error);
    return kUsage;
  }
  if (fresh.source.number > 0) fresh.source.kind = Source::Kind::report;
  const std::optional<LedgerRow> row = ledger_row(session, fresh.id);
  if (row) {
    warn_unless_planned(*row);
    complete_from(*row, fresh);
  }
  const Errors errors = create(session, fresh);
  for (const Error& error : errors) print_error(error);
  if (!errors.empty()) return kUsage;
  print_next_steps(session, fresh.id, row.has_value());
  return kAsExpected;
}

}  // namespace

void add_new(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("new", "Make the skeleton of a case: files that compile and fail as declared");
  const auto fresh = std::make_shared<NewCase>();
  command->add_option("id", fresh->id, "project and commit, or pt-<issue>; the folder's name for good")->required();
  command->add_option("--title", fresh->title, "what breaks and when, in one line");
  command->add_option("--project", fresh->source.project, "owner/name of the repository");
  auto* commit = command->add_option("--commit", fresh->source.commit, "full sha of the commit that repairs the bug");
  command->add_option("--number", fresh->source.number, "number of the issue or pull request")
      ->excludes(commit)
      ->check(CLI::PositiveNumber);
  command->add_option("--url", fresh->source.url, "address of the source, where it isn't derived");
  command->add_option("--date", fresh->source.date, "date of the commit or report, YYYY-MM-DD or YYYY-MM");
  command->add_option("--domain", fresh->domain, "field of the program, such as particle physics");
  command->add_option("--mechanism", fresh->mechanism, "what the graph does wrong; cases/README.md has the ids");
  command->footer(
      "What isn't given is taken from the case's row in cases/ledger.yaml, or left to be filled in (TODO).\n"
      "Examples:\n"
      "  hybugs new addons-16ee6c5\n"
      "  hybugs new my-model-0123abc --project me/my-model --commit 0123abc0123abc0123abc0123abc0123abc0123a");
  command->callback([&session, fresh] { session.exit_code = make_case(session, *fresh); });
}

}  // namespace hybugs
