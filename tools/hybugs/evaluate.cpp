// hybugs evaluate, hybugs regrade: what repair tools propose, judged.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/core/vocabulary.h"
#include "harness/exec/hashing.h"
#include "harness/io/files.h"
#include "harness/io/predictions.h"
#include "harness/io/shard_manifest.h"
#include "harness/os/cores.h"
#include "harness/report/evaluation_report.h"
#include "harness/report/terminal.h"
#include "harness/report/text.h"
#include "tools/hybugs/evaluation.h"
#include "tools/hybugs/sharding.h"

namespace hybugs {
namespace {

using nlohmann::json;

constexpr int kInterrupted = 130;

struct EvaluateOptions {
  std::vector<std::string> ids;  // with gold, stock, wrong
  std::string predictions;
  bool gold = false;
  bool stock = false;
  bool wrong = false;
  bool no_gate = false;
  bool gate_only = false;
  std::string shard;
  std::string reporter = "console";
  EvaluationOptions evaluation;

  bool judges_own() const { return gold || stock || wrong; }
};

/// The predictions to judge and the cases that they are for.
struct Work {
  std::vector<Prediction> predictions;
  std::vector<const CaseSpec*> cases;
  std::vector<std::string> input_errors;
};

void add_error(Work& work, const Error& error) {
  print_error(error);
  work.input_errors.push_back(error.text());
}

Work read_work(const Corpus& corpus, const std::string& path) {
  Work work;
  Predictions read = read_predictions(path);
  for (const Error& error : read.errors) add_error(work, error);
  std::set<std::string> ids;
  for (Prediction& prediction : read.all) {
    const CaseSpec* spec = corpus.find(prediction.id);
    if (spec == nullptr) {
      add_error(work, {path, prediction.line,
                       fmt::format("no case '{}'{}", prediction.id, did_you_mean(prediction.id, corpus.ids())),
                       "`hybugs list` shows them all"});
      continue;
    }
    if (ids.insert(prediction.id).second) work.cases.push_back(spec);
    work.predictions.push_back(std::move(prediction));
  }
  return work;
}

Work own_work(const std::vector<const CaseSpec*>& cases, const EvaluateOptions& options) {
  Work work;
  work.cases = cases;
  for (const CaseSpec* spec : cases) {
    for (Prediction& own : own_predictions(*spec)) {
      const bool wanted = own.model == "gold" ? options.gold : own.model == "stock" ? options.stock : options.wrong;
      if (!wanted) continue;
      own.line = static_cast<int>(work.predictions.size()) + 1;
      work.predictions.push_back(std::move(own));
    }
  }
  return work;
}

// What this shard has to do. Predictions for the same case stay together: they share its references and its gate.
std::vector<Prediction> predictions_of_shard(std::vector<Prediction> all, const Shard& shard,
                                             const std::map<std::string, double>& costs) {
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::vector<double> seconds;
  for (const Prediction& prediction : all) seconds.push_back(cost_of(costs, prediction.id));
  const std::vector<int> shards = cut_into_shards(seconds, shard.count);
  std::vector<Prediction> mine;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (shards[i] == shard.index) mine.push_back(std::move(all[i]));
  }
  return mine;
}

void keep_cases_of_predictions(Work& work) {
  std::set<std::string> ids;
  for (const Prediction& prediction : work.predictions) ids.insert(prediction.id);
  const auto unused = [&](const CaseSpec* spec) { return ids.count(spec->id) == 0; };
  work.cases.erase(std::remove_if(work.cases.begin(), work.cases.end(), unused), work.cases.end());
}

// Names the whole, and leaves this shard's part of it in `work`.
ShardManifest take_shard(const Session& session, const Shard& shard, Work& work) {
  ShardManifest manifest;
  manifest.kind = "evaluate";
  manifest.shard = shard;
  manifest.corpus = hash_of_corpus(work.cases, session.paths);
  Hash list;
  for (const Prediction& prediction : work.predictions) {
    list.add(item_of(prediction), prediction.whole_file ? prediction.file : prediction.patch);
  }
  manifest.work = list.hex();
  manifest.items_in_all = work.predictions.size();
  work.predictions = predictions_of_shard(std::move(work.predictions), shard, known_costs(session, "evaluate"));
  keep_cases_of_predictions(work);
  for (const Prediction& prediction : work.predictions) manifest.items.push_back(item_of(prediction));
  std::fputs(
      fmt::format("shard {}: {} of {} predictions\n", shard.text(), work.predictions.size(), manifest.items_in_all)
          .c_str(),
      stderr);
  return manifest;
}

// An evaluation that goes on draws the same seeds as before.
std::optional<std::uint64_t> earlier_seed(const std::string& output) {
  const auto text = read_file(output + "/evaluation.json");
  if (!text) return std::nullopt;
  const auto settings = evaluation_settings_from_json(json::parse(*text, nullptr, false));
  return settings ? std::optional(settings->seed) : std::nullopt;
}

void print_evaluation(const EvaluateOptions& options, const Evaluation& evaluation, bool colour) {
  std::string text;
  if (options.reporter == "json") text = to_json(evaluation).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  if (options.reporter == "markdown") text = evaluation_markdown(evaluation);
  if (options.reporter == "junit") text = evaluation_junit(evaluation);
  if (options.reporter == "console") text = evaluation_table(evaluation, output_width(STDOUT_FILENO), colour);
  std::fputs(text.c_str(), stdout);
}

int exit_code_of(const EvaluateOptions& options, const Evaluation& evaluation, const Work& work) {
  if (evaluation.is_void()) return kUnexpected;
  int code = work.input_errors.empty() ? kAsExpected : kUsage;
  for (const EvaluationResult& result : evaluation.results) {
    if (result.verdict.status == EvaluationStatus::harness_error) return kHarnessFailure;
    const bool resolved = result.verdict.status == EvaluationStatus::resolved;
    if (options.judges_own() && resolved != (result.model == "gold")) code = kUnexpected;
  }
  return code;
}

Result<Evaluation> judge(const EvaluateOptions& options, const Work& work, EvaluationRunner& runner) {
  Evaluation evaluation;
  evaluation.context = runner.context();
  evaluation.settings = runner.settings();
  evaluation.input_errors = work.input_errors;
  const std::string& output = options.evaluation.output;
  if (const auto made = make_folder(output); !made) return Unexpected(made.error());
  const auto kept = write_file(output + "/evaluation.json", to_json(evaluation.settings).dump(2) + "\n");
  if (!kept) return Unexpected(kept.error());
  if (!options.no_gate && !options.judges_own()) {
    std::fputs(fmt::format("gate: the own programs of {}\n", counted(work.cases.size(), "case")).c_str(), stderr);
    evaluation.settings.gate = runner.gate(work.cases);
  }
  if (!evaluation.is_void()) {
    auto results = runner.run(work.predictions);
    if (!results) return Unexpected(results.error());
    evaluation.results = std::move(*results);
  }
  evaluation.context.load_end = load_average();
  const auto written = write_evaluation(evaluation, output);
  if (!written) return Unexpected(written.error());
  return evaluation;
}

// So that a machine can do it once for many that share its build folder.
int only_gate(const Work& work, EvaluationRunner& runner) {
  const std::string outcome = runner.gate(work.cases);
  std::fputs(fmt::format("gate of {}: {}\n", counted(work.cases.size(), "case"), outcome).c_str(), stdout);
  return outcome == "passed" ? kAsExpected : kUnexpected;
}

int evaluate(const Session& session, EvaluateOptions options) {
  if (options.judges_own() == !options.predictions.empty()) {
    print_error({"", 0, "nothing to judge, or too much", "give either --predictions FILE or --gold, --stock, --wrong"});
    return kUsage;
  }
  const Corpus corpus = session.load();
  Work work;
  if (options.judges_own()) {
    const auto cases = session.select(corpus, options.ids);
    if (!cases) return kUsage;
    work = own_work(*cases, options);
  } else {
    work = read_work(corpus, options.predictions);
  }
  if (work.predictions.empty()) {
    print_error({options.predictions, 0, "no prediction to judge", "one JSON object a line; see --help"});
    return kUsage;
  }
  if (options.evaluation.resume && !options.evaluation.seed)
    options.evaluation.seed = earlier_seed(options.evaluation.output);
  const auto shard = chosen_shard(options.shard);
  if (!shard) {
    print_error(shard.error());
    return kUsage;
  }
  std::optional<ShardManifest> manifest;
  if (!shard->is_whole()) {
    if (!options.evaluation.seed) {
      print_error({"", 0, "the shards of an evaluation need one seed: each would draw its own",
                   "give all of them the same --seed"});
      return kUsage;
    }
    manifest = take_shard(session, *shard, work);
  }
  const auto runner = EvaluationRunner::open(session, work.cases, options.evaluation);
  if (!runner) {
    print_error(runner.error());
    return kHarnessFailure;
  }
  if (options.gate_only) return only_gate(work, **runner);
  if (manifest) {
    manifest->settings = to_json((*runner)->settings());
    manifest->settings["libtorch"] = (*runner)->context().libtorch;
    manifest->settings["max_time"] = options.evaluation.max_seconds;
    if (const auto written = write_shard_manifest(options.evaluation.output, *manifest); !written) {
      print_error(written.error());
      return kHarnessFailure;
    }
  }
  const auto evaluation = judge(options, work, **runner);
  if (!evaluation) {
    print_error(evaluation.error());
    return kHarnessFailure;
  }
  print_evaluation(options, *evaluation, session.colour);
  std::fputs(fmt::format("Results: {}\n", short_path(options.evaluation.output)).c_str(), stderr);
  if ((*runner)->interrupted()) {
    print_error(
        {"", 0,
         fmt::format("interrupted: {} of {} verdicts are kept", evaluation->results.size(), work.predictions.size()),
         "go on with: " + session.command_line + (options.evaluation.resume ? "" : " --resume")});
    return kInterrupted;
  }
  return exit_code_of(options, *evaluation, work);
}

Result<Evaluation> read_evaluation(const std::string& folder) {
  const auto text = read_file(folder + "/report.json");
  if (!text) return Unexpected(text.error());
  auto evaluation = evaluation_from_json(json::parse(*text, nullptr, false));
  if (!evaluation)
    return Unexpected(Error{folder + "/report.json", 0, evaluation.error().message, evaluation.error().hint});
  return evaluation;
}

int regrade(const Session& session, const std::string& folder) {
  auto evaluation = read_evaluation(folder);
  if (!evaluation) {
    print_error(evaluation.error());
    return kUsage;
  }
  const Corpus corpus = session.load();
  int changed = 0;
  for (EvaluationResult& result : evaluation->results) {
    const CaseSpec* spec = corpus.find(result.id);
    if (spec == nullptr) {
      print_error({folder, 0, "no case '" + result.id + "' any more", "its verdict stays as it is"});
      continue;
    }
    const auto verdict = verdict_from_records(*spec, folder, result);
    if (!verdict) {
      print_error(verdict.error());
      return kHarnessFailure;
    }
    if (!*verdict || ((*verdict)->status == result.verdict.status && (*verdict)->evidence == result.verdict.evidence))
      continue;
    std::fputs(fmt::format("{} of {}: {} -> {}: {}\n", result.id, result.model, to_string(result.verdict.status),
                           to_string((*verdict)->status), (*verdict)->evidence)
                   .c_str(),
               stdout);
    result.verdict = **verdict;
    ++changed;
  }
  if (const auto written = write_evaluation(*evaluation, folder); !written) {
    print_error(written.error());
    return kHarnessFailure;
  }
  std::fputs(fmt::format("{} verdicts formed again, {} changed\n", evaluation->results.size(), changed).c_str(),
             stdout);
  return changed == 0 ? kAsExpected : kUnexpected;
}

}  // namespace

void add_evaluate(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("evaluate", "Judge repairs that tools propose, in a sandbox");
  const auto options = std::make_shared<EvaluateOptions>();
  EvaluationOptions& evaluation = options->evaluation;
  evaluation.jobs = granted_cores();
  command->add_option("ids", options->ids, "with --gold, --stock or --wrong: the cases; all if none is named");
  command->add_option("--predictions,-p", options->predictions,
                      "file of one JSON object a line: instance_id, model_name_or_path, and model_patch or model_file");
  command->add_flag("--gold", options->gold, "judge the fixed programs: all must be resolved");
  command->add_flag("--stock", options->stock, "judge the buggy programs: none may be");
  command->add_flag("--wrong", options->wrong, "judge the wrong repairs of the corpus: none may be");
  command->add_option("--output,-o", evaluation.output, "results folder")->required();
  command->add_flag("--resume", evaluation.resume, "keep verdicts whose inputs are unchanged, with the same seeds");
  command->add_option("--seed", evaluation.seed, "what fresh seeds are drawn from, to repeat an evaluation");
  command->add_option("--jobs,-j", evaluation.jobs, "candidates at the same time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command
      ->add_option("--max-time", evaluation.max_seconds, "seconds after which the timing of a candidate ends undecided")
      ->check(CLI::Range(1.0, 86400.0))
      ->capture_default_str();
  command->add_flag("--no-gate", options->no_gate, "don't judge the cases' own programs first");
  command->add_flag("--gate-only", options->gate_only,
                    "judge the cases' own programs and stop; later evaluations use the outcome");
  command->add_flag("!--no-records", evaluation.records,
                    "don't keep what trials returned, about 1 MB a candidate: `regrade` needs it");
  add_shard_option(*command, options->shard);
  command->add_flag("--allow-weak-sandbox", evaluation.allow_weak_sandbox,
                    "go on where candidates can't be contained; they may read and harm what you can");
  command->add_option("--reporter", options->reporter, "what to print at the end")
      ->check(CLI::IsMember({"console", "json", "markdown", "junit"}))
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  hybugs evaluate --predictions answers.jsonl --output results/local/my-model\n"
      "  hybugs evaluate --predictions answers.jsonl --output results/local/my-model --resume\n"
      "  hybugs evaluate --gold --stock --wrong --output results/local/gate    is the judge right about what we know?\n"
      "The folder has results.jsonl (a line a prediction, written at once), report.json, report.md, junit.xml, and in\n"
      "records/ all that was recorded: `hybugs regrade DIR` forms the verdicts again from it.");
  command->callback(
      [&session, options] { session.exit_code = session.at_home("evaluate") ? evaluate(session, *options) : kUsage; });
}

void add_regrade(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("regrade", "Form the verdicts of an evaluation again from its records");
  const auto folder = std::make_shared<std::string>();
  command->add_option("folder", *folder, "results folder of an evaluation")->required()->check(CLI::ExistingDirectory);
  command->footer(
      "Example:\n"
      "  hybugs regrade results/local/my-model\n"
      "Nothing is run. What a changed case or judge would say otherwise is printed; the exit code is then 1.");
  command->callback([&session, folder] { session.exit_code = regrade(session, *folder); });
}

}  // namespace hybugs
