// hybugs export: all that is known of the corpus, for other programs.

#include <filesystem>
#include <memory>
#include <thread>

#include "tools/hybugs/experiment.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/site_data.h"
#include "tools/hybugs/site_observer.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kInterrupted = 130;

struct ExportOptions {
  std::vector<std::string> ids;
  std::string site;
  std::vector<std::string> results;
  bool student = false;
  bool no_trials = false;
  int jobs = 1;
};

/// An exit code.
int observe_cases(const Session& session, const std::vector<const CaseSpec*>& cases, int jobs,
                  SiteObservations& observed) {
  const auto workshop = open_workshop(session, cases, jobs);
  if (!workshop) {
    print_error(workshop.error());
    return kHarnessFailure;
  }
  auto seen = SiteObserver(session, **workshop, jobs).run(cases);
  if (!seen) {
    print_error(seen.error());
    return kHarnessFailure;
  }
  observed = std::move(*seen);
  return *(*workshop)->stop ? kInterrupted : kAsExpected;
}

Ledger ledger_of(const Session& session) {
  const std::string file = session.paths.cases + "/ledger.yaml";
  Errors errors;
  if (!fs::exists(file)) return {};  // a private corpus has none
  Ledger ledger = read_ledger(file, short_path(file), errors);
  for (const Error& error : errors) print_error(error);
  return ledger;
}

Result<void> write_json(const json& object, const std::string& path) {
  const std::string text = object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  if (path != "-") return write_file(path, text);
  print(text);
  return {};
}

int export_site(const Session& session, const ExportOptions& options) {
  const Corpus corpus = session.load();
  const auto cases = session.select(corpus, options.ids);
  if (!cases) return kUsage;
  SiteObservations observed;
  if (!options.no_trials && !cases->empty()) {
    const int code = observe_cases(session, *cases, options.jobs, observed);
    if (code != kAsExpected) return code;
  }
  std::vector<std::string> folders = options.results;
  if (folders.empty()) folders.push_back(session.paths.results());
  const PublishedResults published = read_published(folders);
  for (const Error& error : published.errors) print_error(error);
  const Ledger ledger = ledger_of(session);
  const Context context = read_context(session.paths, {}, {}, "");
  const SiteInputs inputs{
      corpus,   *cases,         ledger,       published,
      observed, context.commit, context.date, options.student ? Audience::students : Audience::everybody};
  const auto site = site_json(inputs, session.paths);
  if (!site) {
    print_error(site.error());
    return kUsage;
  }
  if (const auto written = write_json(*site, options.site); !written) {
    print_error(written.error());
    return kHarnessFailure;
  }
  return corpus.errors.empty() ? kAsExpected : kUsage;
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("export", "All that is known of the corpus as one JSON object");
  const auto options = std::make_shared<ExportOptions>();
  options->jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  command->add_option("ids", options->ids, "cases; all if none is named");
  command->add_option("--site", options->site, "file for tools/site to make pages from; -: standard output")
      ->required();
  command->add_flag("--student", options->student, "without any repair, and without what leads to one");
  command->add_option("--results", options->results, "folder to search for results; repeatable (default: results/)")
      ->allow_extra_args(false)
      ->check(CLI::ExistingDirectory);
  command->add_flag("--no-trials", options->no_trials,
                    "build and run nothing: pages then don't show what the programs do");
  command->add_option("--jobs,-j", options->jobs, "trials at the same time")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->footer(
      "One trial of each program is run, unless nothing that it depends on has changed since the last time.\n"
      "tools/site/README.md describes the object; `tools/site/build` calls this and makes the pages.\n"
      "Examples:\n"
      "  hybugs export --site site.json\n"
      "  hybugs export --site student.json --student pt-51154 psiz-6d7ca06");
  command->callback([&session, options] { session.exit_code = export_site(session, *options); });
}

}  // namespace hybugs
