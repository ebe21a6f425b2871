// hybugs check: the validator of the corpus, and the proofs.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/core/vocabulary.h"
#include "harness/exec/hashing.h"
#include "harness/exec/proof.h"
#include "harness/exec/scheduler.h"
#include "harness/io/case_lint.h"
#include "harness/io/files.h"
#include "harness/io/ledger.h"
#include "harness/os/cores.h"
#include "harness/report/terminal.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/diff.h"
#include "tools/hybugs/experiment.h"
#include "tools/hybugs/leak_check.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::vector<std::string> ids;
  std::string proof = "quick";
  int jobs = 1;
  bool json = false;
};

std::string display_folder(const Session& session, const CaseSpec& spec) {
  return fs::path(spec.folder).lexically_relative(fs::path(session.paths.cases).parent_path()).string();
}

Errors check_diff_size(const Session& session, const CaseSpec& spec) {
  const int changed = changed_lines(spec.folder + "/buggy.cpp", spec.folder + "/fixed.cpp");
  const std::string file = display_folder(session, spec) + "/fixed.cpp";
  if (changed > kMostChangedLines) {
    return {{file, 0, fmt::format("{} lines differ from buggy.cpp, at most {}", changed, kMostChangedLines),
             "buggy and fixed differ only by the bug"}};
  }
  if (changed == 0) return {{file, 0, "is the same as buggy.cpp", "the repair is missing"}};
  return {};
}

// Everything that needs no trial.
Errors check_files(const Session& session, const Corpus& corpus, const std::vector<const CaseSpec*>& cases) {
  Errors errors = corpus.errors;
  const auto append = [&](Errors more) { errors.insert(errors.end(), more.begin(), more.end()); };
  for (const CaseSpec* spec : cases) {
    append(lint_case(*spec, display_folder(session, *spec)));
    append(check_diff_size(session, *spec));
    append(check_leaks(*spec, session.paths.templates(), display_folder(session, *spec)));
  }
  const std::string ledger_file = session.paths.cases + "/ledger.yaml";
  if (!fs::exists(ledger_file)) return errors;  // a private corpus has none
  const std::string display = (fs::path(session.paths.cases).filename() / "ledger.yaml").string();
  const Ledger ledger = read_ledger(ledger_file, display, errors);
  append(check_ledger(ledger, display, corpus.ids()));
  return errors;
}

std::string certificate_path(const Session& session, const CaseSpec& spec, const Toolchain& toolchain) {
  return fmt::format("{}/libtorch-{}/certificates/{}.json", session.paths.results(), toolchain.libtorch, spec.id);
}

bool has_certificate(const Session& session, const CaseSpec& spec, const Toolchain& toolchain) {
  const auto text = read_file(certificate_path(session, spec, toolchain));
  if (!text) return false;
  const auto certificate = nlohmann::json::parse(*text, nullptr, false);
  return certificate.is_object() && certificate.value("hash", "") == hash_of_case(spec, session.paths);
}

nlohmann::json to_json(const Proof& proof) {
  nlohmann::json steps = nlohmann::json::array();
  for (const ProofStep& step : proof.steps) {
    steps.push_back({{"rule", step.rule}, {"passed", step.passed}, {"detail", step.detail}});
  }
  return steps;
}

Result<void> write_certificate(const Session& session, const CaseSpec& spec, const Workshop& workshop,
                               const Proof& proof, const std::string& hash) {
  const Context context = read_context(session.paths, workshop.toolchain, workshop.sandbox, session.command_line);
  const nlohmann::json certificate = {{"id", spec.id},
                                      {"hash", hash},
                                      {"date", context.date},
                                      {"machine", context.machine},
                                      {"cores", context.cores},
                                      {"system", context.system},
                                      {"libtorch", context.libtorch},
                                      {"blas", context.blas},
                                      {"compiler", context.compiler},
                                      {"steps", to_json(proof)}};
  const std::string path = certificate_path(session, spec, workshop.toolchain);
  if (const auto made = make_folder(fs::path(path).parent_path().string()); !made) return Unexpected(made.error());
  return write_file(path, certificate.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

std::string proof_text(const Session& session, const CaseSpec& spec, const Proof& proof, double seconds) {
  const std::string verdict =
      proof.passed() ? painted("proven    ", kGreen, session.colour) : painted("not proven", kRed, session.colour);
  std::string text = fmt::format("{} {} ({})\n", verdict, spec.id, duration_text(seconds));
  for (const ProofStep& step : proof.steps) {
    text += fmt::format("    {} {}: {}\n",
                        step.passed ? painted("ok ", kGreen, session.colour) : painted("NOT", kRed, session.colour),
                        step.rule, fit(step.detail, 160));
  }
  if (!proof.passed()) text += fmt::format("    repeat: {} check {} --proof full\n", session.program(), spec.id);
  return text;
}

class Checker {
 public:
  /// `hashes`: of the files as they were built, by id.
  Checker(const Session& session, Workshop& workshop, const CheckOptions& options,
          std::map<std::string, std::string> hashes)
      : session_(session), workshop_(workshop), options_(options), hashes_(std::move(hashes)) {}

  void run(const std::vector<const CaseSpec*>& cases) {
    const int jobs = std::max(1, std::min<int>(options_.jobs, static_cast<int>(cases.size())));
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < jobs; ++i)
      workers.push_back(std::make_unique<Worker>(workshop_.worker_options(session_.paths)));
    Progress progress(options_.json ? -1 : STDERR_FILENO, static_cast<int>(cases.size()));
    for_each_parallel(cases.size(), jobs, *workshop_.stop, [&](std::size_t item, int thread) {
      progress.start(cases[item]->id);
      check(*cases[item], *workers[thread], progress);
      progress.finish(cases[item]->id);
    });
  }

  int exit_code() const { return exit_code_; }
  const nlohmann::json& report() const { return report_; }

 private:
  ProofLevel level_of(const CaseSpec& spec) const {
    if (options_.proof == "full") return ProofLevel::full;
    if (options_.proof == "quick") return ProofLevel::quick;
    return has_certificate(session_, spec, workshop_.toolchain) ? ProofLevel::quick : ProofLevel::full;
  }

  void check(const CaseSpec& spec, Worker& worker, Progress& progress) {
    const double start = monotonic_seconds();
    const ProofLevel level = level_of(spec);
    Proof proof;
    const auto failure = workshop_.failures.find(spec.id);
    if (failure != workshop_.failures.end()) {
      proof.steps.push_back({"it compiles", false, failure->second.error + " (" + failure->second.log + ")"});
    } else {
      proof = prove_case(worker, session_.paths, spec, level, [&](const std::function<void()>& task) {
        const std::unique_lock<std::shared_mutex> alone(workshop_.machine);
        task();
      });
    }
    if (*workshop_.stop) return;
    keep(spec, level, proof, monotonic_seconds() - start, progress);
  }

  void keep(const CaseSpec& spec, ProofLevel level, const Proof& proof, double seconds, Progress& progress) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!options_.json) progress.print(STDOUT_FILENO, proof_text(session_, spec, proof, seconds));
    report_.push_back({{"id", spec.id},
                       {"level", level == ProofLevel::full ? "full" : "quick"},
                       {"passed", proof.passed()},
                       {"seconds", seconds},
                       {"steps", to_json(proof)}});
    if (proof.harness_error) exit_code_ = kHarnessFailure;
    if (!proof.passed()) exit_code_ = std::max<int>(exit_code_, kUnexpected);
    if (!proof.passed() || level != ProofLevel::full) return;
    const std::string& hash = hashes_[spec.id];
    if (hash != hash_of_case(spec, session_.paths)) {
      return print_error({display_folder(session_, spec), 0, "was changed while it was proven", "check it again"});
    }
    const auto written = write_certificate(session_, spec, workshop_, proof, hash);
    if (!written) print_error(written.error());
  }

  const Session& session_;
  Workshop& workshop_;
  const CheckOptions& options_;
  std::map<std::string, std::string> hashes_;
  std::mutex mutex_;
  int exit_code_ = kAsExpected;
  nlohmann::json report_ = nlohmann::json::array();
};

int check(const Session& session, const CheckOptions& options) {
  const Corpus corpus = load_corpus(session.paths.cases, "");  // the validator trusts no cache
  const auto cases = session.select(corpus, options.ids);
  if (!cases) return kUsage;
  const Errors errors = check_files(session, corpus, *cases);
  for (const Error& error : errors) print_error(error);

  nlohmann::json report = {{"errors", nlohmann::json::array()}, {"proofs", nlohmann::json::array()}};
  for (const Error& error : errors) report["errors"].push_back(error.text());
  int code = errors.empty() ? kAsExpected : kUsage;
  if (options.proof != "none" && !cases->empty()) {
    std::map<std::string, std::string> hashes;
    for (const CaseSpec* spec : *cases) hashes[spec->id] = hash_of_case(*spec, session.paths);
    const auto workshop = open_workshop(session, *cases, options.jobs, Variants::all);
    if (!workshop) {
      print_error(workshop.error());
      return kHarnessFailure;
    }
    Checker checker(session, **workshop, options, std::move(hashes));
    checker.run(*cases);
    report["proofs"] = checker.report();
    if (*(*workshop)->stop) return 130;
    code = code == kAsExpected ? checker.exit_code() : code;
  }
  if (options.json) std::puts(report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  if (!options.json) {
    std::fputs(fmt::format("{} checked, {}\n", counted(cases->size(), "case"),
                           code == kAsExpected ? "all right" : "not all right")
                   .c_str(),
               stdout);
  }
  return code;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("check", "Validate the corpus: files, ledger, and the proof of each case");
  const auto options = std::make_shared<CheckOptions>();
  options->jobs = granted_cores();
  command->add_option("ids", options->ids, "cases to check; all if none is named");
  command
      ->add_option("--proof", options->proof,
                   "none: files only; quick: 3 seeds; full: 20 seeds, repetitions, timing, and a certificate; "
                   "changed: full where there is no certificate for the present files, else quick")
      ->check(CLI::IsMember({"none", "quick", "full", "changed"}))
      ->capture_default_str();
  command->add_option("--jobs,-j", options->jobs, "trials at the same time")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command->add_flag("--json", options->json, "print a report as JSON");
  command->footer(
      "Examples:\n"
      "  hybugs check                        all cases, quick\n"
      "  hybugs check my-case --proof full   prove one case and write its certificate into results/\n"
      "  hybugs check --proof none           files and ledger only, without running anything");
  command->callback([&session, options] { session.exit_code = check(session, *options); });
}

}  // namespace hybugs
