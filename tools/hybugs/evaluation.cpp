#include "tools/hybugs/evaluation.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "harness/core/vocabulary.h"
#include "harness/exec/hashing.h"
#include "harness/exec/scheduler.h"
#include "harness/io/files.h"
#include "harness/io/results.h"
#include "harness/report/evaluation_report.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "harness/wire/record_file.h"
#include "tools/hybugs/task.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uint64_t kFirstFreshSeed = 1000;  // proofs use those below
constexpr std::uint64_t kGateSeed = 2022;

std::string text_of(const std::string& path) {
  const auto text = read_file(path);
  return text ? *text : "";
}

std::string records_name(const EvaluationResult& result) {
  return fmt::format("{:06}", result.line);
}

std::string eager_path(const std::string& folder, const std::string& id) {
  return folder + "/records/eager-" + id + ".trials";
}

json seed_label(std::uint64_t seed) {
  return {{"seed", seed}};
}

json observed_label(const char* program) {
  return {{"observed", program}};
}

/// The record with a label; an Error when it isn't there.
Result<TrialRecord> take(std::vector<KeptTrial>& trials, const json& label, const std::string& path) {
  const auto found =
      std::find_if(trials.begin(), trials.end(), [&](const auto& trial) { return trial.label == label; });
  if (found != trials.end()) return found->record;
  return Unexpected(Error{path, 0, "has no record of " + label.dump(), "evaluate again into another folder"});
}

Result<void> keep_eager(const std::string& folder, const std::string& id, const CaseReference& reference) {
  std::vector<KeptTrial> trials;
  for (const auto& [seed, record] : reference.eager) trials.push_back({seed_label(seed), record});
  trials.push_back({observed_label("eager"), reference.graph.eager});
  trials.push_back({observed_label("fixed"), reference.graph.fixed});
  return write_trials(eager_path(folder, id), trials);
}

Result<void> keep_records(const std::string& folder, const EvaluationResult& result,
                          const CandidateEvidence& evidence) {
  const std::string path = folder + "/records/" + records_name(result);
  std::vector<KeptTrial> trials;
  for (const SeedEvidence& seed : evidence.seeds) trials.push_back({seed_label(seed.seed), seed.candidate});
  if (evidence.graph) trials.push_back({observed_label("candidate"), evidence.graph->program});
  const auto written = write_trials(path + ".trials", trials);
  if (!written) return written;
  return write_file(path + ".json", to_json(evidence).dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
}

bool is_right_for_gate(const EvaluationResult& result) {
  const bool resolved = result.verdict.status == EvaluationStatus::resolved;
  return result.verdict.status != EvaluationStatus::harness_error && resolved == (result.model == "gold");
}

std::string result_line(const EvaluationResult& result, bool colour) {
  return fmt::format(
      "{} {} {} ({}): {}\n",
      painted(fmt::format("{:<13}", to_string(result.verdict.status)), style_of(result.verdict.status), colour),
      result.id, one_line(result.model), duration_text(result.seconds), fit(result.verdict.evidence, 160));
}

}  // namespace

std::vector<std::uint64_t> evaluation_seeds(std::uint64_t seed) {
  std::vector<std::uint64_t> seeds;
  for (int i = 0; i < kPublicSeeds; ++i) seeds.push_back(static_cast<std::uint64_t>(i));
  std::mt19937_64 draw(seed);
  for (int i = 0; i < kFreshSeeds; ++i) seeds.push_back(kFirstFreshSeed + (draw() >> 33));
  return seeds;
}

std::string item_of(const Prediction& prediction) {
  return fmt::format("{} {} {}", prediction.line, prediction.id, prediction.model);
}

std::string item_of(const EvaluationResult& result) {
  return fmt::format("{} {} {}", result.line, result.id, result.model);
}

std::vector<Prediction> own_predictions(const CaseSpec& spec) {
  std::vector<Prediction> predictions;
  for (const std::string& variant : spec.variants) {
    Prediction prediction;
    prediction.id = spec.id;
    prediction.model = variant == "fixed" ? "gold" : variant == "buggy" ? "stock" : variant;
    prediction.file = text_of(spec.folder + "/" + variant + ".cpp");
    prediction.whole_file = true;
    predictions.push_back(std::move(prediction));
  }
  return predictions;
}

Result<std::unique_ptr<EvaluationRunner>> EvaluationRunner::open(const Session& session,
                                                                 const std::vector<const CaseSpec*>& cases,
                                                                 const EvaluationOptions& options) {
  std::unique_ptr<EvaluationRunner> runner(new EvaluationRunner(session, options));
  if (const auto ready = runner->set_up(cases); !ready) return Unexpected(ready.error());
  return runner;
}

Result<void> EvaluationRunner::set_up(const std::vector<const CaseSpec*>& cases) {
  if (sandbox_.level() == CandidateLevel::weak && !options_.allow_weak_sandbox) {
    return Unexpected(Error{"", 0, "candidates can't be contained here: " + sandbox_.reason(),
                            "allow user namespaces (`sysctl user.max_user_namespaces`), or accept the risk with "
                            "--allow-weak-sandbox"});
  }
  auto workshop = open_workshop(session_, cases, options_.jobs, Variants::all);
  if (!workshop) return Unexpected(workshop.error());
  workshop_ = std::move(*workshop);
  if (!workshop_->failures.empty()) {
    const auto& [id, failure] = *workshop_->failures.begin();
    return Unexpected(Error{failure.log, 0, id + " does not compile: " + failure.error, "mend the case first"});
  }
  auto stage = CandidateStage::make(session_.paths, sandbox_);
  if (!stage) return Unexpected(stage.error());
  stage_ = std::move(*stage);
  for (const CaseSpec* spec : cases) {
    cases_[spec->id] = spec;
    if (const auto added = stage_->add_case(*spec); !added) return added;
  }
  seed_ = options_.seed ? *options_.seed : std::random_device{}();
  use_seeds(evaluation_seeds(seed_));
  candidate_options_.lint = options_.lint;
  candidate_options_.max_seconds = options_.max_seconds;
  candidate_options_.stop = workshop_->stop;
  candidate_options_.machine = &workshop_->machine;
  candidate_options_.own_sandbox = workshop_->sandbox;
  for (int i = 0; i < options_.jobs; ++i) {
    workers_.push_back(std::make_unique<Worker>(workshop_->worker_options(session_.paths)));
  }
  return {};
}

void EvaluationRunner::use_seeds(const std::vector<std::uint64_t>& seeds) {
  candidate_options_.seeds = seeds;
  references_.clear();
  TrialPlan plan;
  plan.seeds = seeds;
  for (const auto& [id, spec] : cases_) {
    references_[id].case_key = result_key(*spec, session_.paths, workshop_->toolchain, plan, "evaluation");
  }
}

EvaluationSettings EvaluationRunner::settings() const {
  EvaluationSettings settings;
  settings.seed = seed_;
  settings.seeds = candidate_options_.seeds;
  settings.sandbox = level_name(sandbox_.level());
  settings.sandbox_reason = sandbox_.reason();
  settings.lint = options_.lint;
  settings.gate = "skipped";
  return settings;
}

Context EvaluationRunner::context() const {
  return read_context(session_.paths, workshop_->toolchain, workshop_->sandbox, session_.command_line);
}

std::string EvaluationRunner::key_of(const Prediction& prediction) const {
  Hash hash;
  hash.add("text", prediction.whole_file ? prediction.file : prediction.patch);
  hash.add("whole", prediction.whole_file ? "file" : "patch");
  hash.add("settings", fmt::format("{} {} {}", options_.lint, options_.max_seconds, level_name(sandbox_.level())));
  hash.add("case", references_.at(prediction.id).case_key);
  return hash.hex();
}

EvaluationResult EvaluationRunner::begin(const Prediction& prediction) const {
  const CaseSpec& spec = *cases_.at(prediction.id);
  EvaluationResult result;
  result.id = prediction.id;
  result.model = prediction.model;
  result.line = prediction.line;
  result.key = key_of(prediction);
  result.mechanism = spec.mechanism;
  result.category = spec.study.category;
  return result;
}

const CaseReference& EvaluationRunner::reference_of(const CaseSpec& spec, int slot) {
  LazyReference& lazy = references_.at(spec.id);
  std::call_once(lazy.made, [&] {
    lazy.reference = make_reference(*workers_[static_cast<std::size_t>(slot)], session_.paths, spec, sandbox_,
                                    candidate_options_, task_hybrid(spec).value_or(""));
  });
  return lazy.reference;
}

EvaluationResult EvaluationRunner::judge_one(const Prediction& prediction, int slot, const Kept& kept) {
  const CaseSpec& spec = *cases_.at(prediction.id);
  EvaluationResult result = begin(prediction);
  const CaseReference& reference = reference_of(spec, slot);
  const double start = monotonic_seconds();
  std::string log;
  const CandidateEvidence evidence = CandidateRunner(*stage_, sandbox_, session_.paths, candidate_options_)
                                         .run(prediction, spec, reference, slot, log);
  result.seconds = monotonic_seconds() - start;
  result.verdict = judge_candidate(spec, evidence);
  if (kept.records.empty() || interrupted()) return result;
  if (!log.empty()) {
    result.log = "records/" + records_name(result) + ".log";
    static_cast<void>(write_file(kept.records + "/" + result.log, log));
  }
  if (evidence.refusal) return result;
  Result<void> written;
  std::call_once(references_.at(spec.id).kept,
                 [&] { written = keep_eager(kept.records, spec.id, reference); });  // candidates at work share it
  if (written) written = keep_records(kept.records, result, evidence);
  if (!written) print_error(written.error());
  return result;
}

Result<std::vector<EvaluationResult>> EvaluationRunner::judge_all(const std::vector<Prediction>& predictions,
                                                                  const Kept& kept, bool reuse) {
  std::map<std::string, EvaluationResult> earlier;  // by key
  if (reuse) {
    const auto read = read_json_lines(kept.results, [&](const json& line) -> Result<void> {
      auto result = evaluation_result_from_json(line);
      if (!result) return Unexpected(result.error());
      if (result->verdict.status != EvaluationStatus::harness_error) earlier[result->key + result->model] = *result;
      return {};
    });
    if (!read) return Unexpected(read.error());
  }
  std::vector<std::optional<EvaluationResult>> results(predictions.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const auto found = earlier.find(key_of(predictions[i]) + predictions[i].model);
    if (found == earlier.end()) {
      open.push_back(i);
    } else {
      results[i] = found->second;
      results[i]->line = predictions[i].line;
    }
  }
  std::optional<JsonLines> lines;
  if (!open.empty() || !reuse) {  // a gate that is known needs no place to write to
    if (const auto made = make_folder(fs::path(kept.results).parent_path().string()); !made) {
      return Unexpected(made.error());
    }
    auto opened = JsonLines::open(kept.results);
    if (!opened) return Unexpected(opened.error());
    lines = std::move(*opened);
  }
  std::mutex mutex;
  std::optional<Error> write_error;
  Progress progress(STDERR_FILENO, static_cast<int>(open.size()));
  const int jobs = std::min<int>(options_.jobs, static_cast<int>(std::max<std::size_t>(1, open.size())));
  for_each_parallel(open.size(), jobs, *workshop_->stop, [&](std::size_t item, int slot) {
    const Prediction& prediction = predictions[open[item]];
    const std::string name = prediction.id + " " + prediction.model;
    progress.start(name);
    EvaluationResult result = judge_one(prediction, slot, kept);
    if (interrupted()) return;  // what was cut off is no result
    const std::lock_guard<std::mutex> lock(mutex);
    if (const auto written = lines->append(to_json(result)); !written && !write_error) {
      write_error = written.error();
      request_stop();
    }
    progress.finish(name);
    progress.print(STDERR_FILENO, result_line(result, is_terminal(STDERR_FILENO)));
    results[open[item]] = std::move(result);
  });
  if (write_error) return Unexpected(*write_error);
  std::vector<EvaluationResult> finished;
  for (auto& result : results) {
    if (result) finished.push_back(std::move(*result));
  }
  return finished;
}

std::string EvaluationRunner::gate(const std::vector<const CaseSpec*>& cases) {
  std::vector<Prediction> predictions;
  for (const CaseSpec* spec : cases) {
    for (Prediction& own : own_predictions(*spec)) predictions.push_back(std::move(own));
  }
  // The gate has seeds of its own, always the same, so that an earlier one can be reused.
  const auto seeds = candidate_options_.seeds;
  use_seeds(evaluation_seeds(kGateSeed));
  const auto results = judge_all(predictions, {session_.paths.build + "/evaluate/gate.jsonl", ""}, true);
  use_seeds(seeds);
  if (!results) return "failed: " + results.error().text();
  if (interrupted()) return "failed: interrupted";
  for (const EvaluationResult& result : *results) {
    if (is_right_for_gate(result)) continue;
    return fmt::format("failed: {} of {} is {}: {}", result.model, result.id, to_string(result.verdict.status),
                       result.verdict.evidence);
  }
  return "passed";
}

Result<std::vector<EvaluationResult>> EvaluationRunner::run(const std::vector<Prediction>& predictions) {
  if (const auto made = make_folder(options_.output + "/records"); !made) return Unexpected(made.error());
  const std::string records = options_.records ? options_.output : "";
  return judge_all(predictions, {options_.output + "/results.jsonl", records}, options_.resume);
}

Result<std::optional<EvaluationVerdict>> verdict_from_records(const CaseSpec& spec, const std::string& folder,
                                                              const EvaluationResult& result) {
  const std::string path = folder + "/records/" + records_name(result);
  if (!fs::exists(path + ".json")) return std::optional<EvaluationVerdict>();
  const auto text = read_file(path + ".json");
  if (!text) return Unexpected(text.error());
  auto evidence = candidate_evidence_from_json(json::parse(*text, nullptr, false));
  if (!evidence) return Unexpected(Error{path + ".json", 0, evidence.error().message, "evaluate again"});
  auto trials = read_trials(path + ".trials");
  if (!trials) return Unexpected(trials.error());
  auto eager = read_trials(eager_path(folder, spec.id));
  if (!eager) return Unexpected(eager.error());
  for (KeptTrial& trial : *trials) {
    if (!trial.label.contains("seed")) continue;
    auto reference = take(*eager, trial.label, eager_path(folder, spec.id));
    if (!reference) return Unexpected(reference.error());
    const auto seed = trial.label.value("seed", std::uint64_t{0});
    evidence->seeds.push_back({seed, std::move(*reference), std::move(trial.record)});
  }
  if (evidence->graph) {
    auto observed_eager = take(*eager, observed_label("eager"), eager_path(folder, spec.id));
    auto observed_fixed = take(*eager, observed_label("fixed"), eager_path(folder, spec.id));
    auto candidate = take(*trials, observed_label("candidate"), path + ".trials");
    for (const auto* one : {&observed_eager, &observed_fixed, &candidate}) {
      if (!*one) return Unexpected(one->error());
    }
    evidence->graph->eager = std::move(*observed_eager);
    evidence->graph->fixed = std::move(*observed_fixed);
    evidence->graph->program = std::move(*candidate);
  }
  return std::optional(judge_candidate(spec, *evidence));
}

Result<void> write_evaluation(const Evaluation& evaluation, const std::string& folder) {
  const std::string report = to_json(evaluation).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  auto written = write_file(folder + "/report.json", report);
  if (written) written = write_file(folder + "/report.md", evaluation_markdown(evaluation));
  if (written) written = write_file(folder + "/junit.xml", evaluation_junit(evaluation));
  return written;
}

}  // namespace hybugs
