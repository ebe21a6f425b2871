// hybugs export: all that is known of the corpus, for other programs.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <thread>

#include "harness/exec/hashing.h"
#include "harness/exec/scheduler.h"
#include "harness/io/json_lines.h"
#include "tools/hybugs/experiment.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/site_data.h"
#include "tools/hybugs/site_trials.h"

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

using Observed = std::map<std::string, json>;

/// What the programs of the cases do, kept in a file of lines: only what has changed runs again.
class Observer {
 public:
  Observer(const Session& session, Workshop& workshop, int jobs)
      : session_(session), workshop_(workshop), jobs_(jobs), file_(session.paths.build + "/site/observed.jsonl") {}

  Result<void> run(const std::vector<const CaseSpec*>& cases, Observed& observed) {
    if (const auto earlier = read_earlier(); !earlier) return earlier;
    std::vector<const CaseSpec*> open;
    for (const CaseSpec* spec : cases) {
      const auto found = earlier_.find(spec->id);
      if (found != earlier_.end() && found->second["key"] == key_of(*spec)) {
        observed[spec->id] = found->second["observed"];
      } else {
        open.push_back(spec);
      }
    }
    return run_trials(open, observed);
  }

 private:
  Result<void> read_earlier() {
    if (const auto made = make_folder(fs::path(file_).parent_path().string()); !made) return made;
    std::size_t lines = 0;
    const auto read = read_json_lines(file_, [&](const json& line) -> Result<void> {
      earlier_[line.value("id", "")] = line;
      ++lines;
      return {};
    });
    if (!read || lines == earlier_.size()) return read;
    std::string text;  // without the lines that later ones replaced
    for (const auto& [id, line] : earlier_) text += line.dump() + "\n";
    return write_file(file_, text);
  }

  std::string key_of(const CaseSpec& spec) const {
    TrialPlan plan;
    plan.seeds = {0};
    return result_key(spec, session_.paths, workshop_.toolchain, plan, "site");
  }

  Result<void> run_trials(const std::vector<const CaseSpec*>& cases, Observed& observed) {
    auto lines = JsonLines::open(file_);
    if (!lines) return Unexpected(lines.error());
    const int jobs = std::max(1, std::min<int>(jobs_, static_cast<int>(cases.size())));
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < jobs; ++i)
      workers.push_back(std::make_unique<Worker>(workshop_.worker_options(session_.paths)));
    Progress progress(STDERR_FILENO, static_cast<int>(cases.size()));
    std::mutex mutex;
    for_each_parallel(cases.size(), jobs, *workshop_.stop, [&](std::size_t item, int thread) {
      const CaseSpec& spec = *cases[item];
      progress.start(spec.id);
      json seen = observe(spec, *workers[static_cast<std::size_t>(thread)]);
      const std::lock_guard<std::mutex> lock(mutex);
      progress.finish(spec.id);
      if (seen.is_null() || *workshop_.stop) return;
      const auto kept = lines->append({{"id", spec.id}, {"key", key_of(spec)}, {"observed", seen}});
      if (!kept) print_error(kept.error());
      observed[spec.id] = std::move(seen);
    });
    return {};
  }

  /// Null where nothing can be said.
  json observe(const CaseSpec& spec, Worker& worker) const {
    if (const auto failure = workshop_.failures.find(spec.id); failure != workshop_.failures.end()) {
      print_error({failure->second.log, 0, spec.id + " does not compile: " + failure->second.error,
                   "its page says not measured"});
      return nullptr;
    }
    const SiteTrials trials = run_site_trials(worker, session_.paths, spec);
    const std::string failed = failure_of(trials);
    if (failed.empty()) {
      json object = to_json(trials, spec);
      object["libtorch"] = workshop_.toolchain.libtorch;
      return object;
    }
    if (!*workshop_.stop) print_error({"", 0, spec.id + ": " + failed, "its page says not measured"});
    return nullptr;
  }

  const Session& session_;
  Workshop& workshop_;
  int jobs_;
  std::string file_;
  std::map<std::string, json> earlier_;  // by id
};

/// False: it was interrupted, or nothing can run.
int observe_cases(const Session& session, const std::vector<const CaseSpec*>& cases, int jobs, Observed& observed) {
  const auto workshop = open_workshop(session, cases, jobs);
  if (!workshop) {
    print_error(workshop.error());
    return kHarnessFailure;
  }
  if (const auto ran = Observer(session, **workshop, jobs).run(cases, observed); !ran) {
    print_error(ran.error());
    return kHarnessFailure;
  }
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
  Observed observed;
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
