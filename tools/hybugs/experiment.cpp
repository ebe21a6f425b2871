#include "tools/hybugs/experiment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <re2/re2.h>
#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>
#include <thread>

#include "harness/core/vocabulary.h"
#include "harness/exec/hashing.h"
#include "harness/exec/scheduler.h"
#include "harness/exec/timing.h"
#include "harness/io/files.h"
#include "harness/report/google_benchmark.h"
#include "harness/report/junit.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

const Style& verdict_style(const CaseResult& result) {
  if (result.harness_error) return kRed;
  if (result.as_expected()) return kGreen;
  const bool warning = result.verdict == Verdict::inconclusive || result.verdict == Verdict::unsupported;
  return warning ? kYellow : kRed;
}

}  // namespace

Result<std::unique_ptr<Workshop>> open_workshop(const Session& session, const std::vector<const CaseSpec*>& cases,
                                                int jobs, Variants variants) {
  auto workshop = std::make_unique<Workshop>();
  workshop->sandbox = probe_sandbox(system_of(session.paths));
  const bool inside = !session.paths.environment.root().empty();
  if (inside && workshop->sandbox.level != Sandbox::Level::namespaces) {
    return Unexpected(Error{session.paths.environment.folder, 0,
                            "the environment can't be entered: " + workshop->sandbox.reason,
                            namespace_advice("/proc/sys")});
  }
  auto failures = session.build ? build_cases(session.paths, cases, variants, jobs)
                                : find_built_cases(session.paths, cases, variants);
  if (!failures) return Unexpected(failures.error());
  workshop->failures = std::move(*failures);
  auto toolchain = read_toolchain(session.paths);
  if (!toolchain) return Unexpected(toolchain.error());
  workshop->toolchain = std::move(*toolchain);
  workshop->stop = &stop_on_signals();
  return workshop;
}

CaseResult ExperimentRunner::begin(const CaseSpec& spec) const {
  CaseResult result;
  result.id = spec.id;
  result.title = spec.title;
  result.mechanism = spec.mechanism;
  result.symptom = spec.symptom;
  result.expected = expected_verdict(spec, workshop_.toolchain.libtorch);
  if (const Expectation* expectation = expectation_for(spec, workshop_.toolchain.libtorch))
    result.because = expectation->because;
  const std::string timing = options_.timing ? fmt::format("timed within {} s", options_.max_seconds) : "no timing";
  result.key = result_key(spec, session_.paths, workshop_.toolchain, options_.plan,
                          timing + ", expected " + to_string(result.expected));
  result.repeat = fmt::format("{} run {} --seeds {}", session_.program(), spec.id, fmt::join(options_.plan.seeds, ","));
  if (options_.plan.seeds.size() == 1) result.repeat += ",";  // one number alone would be a count
  return result;
}

void ExperimentRunner::reuse_finished(const std::vector<const CaseSpec*>& cases) {
  if (!options_.resume) return;
  const auto earlier = read_results(options_.output);
  if (!earlier) return print_error(earlier.error());
  for (const CaseSpec* spec : cases) {
    const auto found = earlier->find(spec->id);
    if (found == earlier->end() || found->second.key != begin(*spec).key || found->second.harness_error) continue;
    finished_[spec->id] = found->second;
    reused_.insert(spec->id);
  }
}

void ExperimentRunner::finish(const CaseSpec& spec, CaseResult result) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto written = writer_->append(result);
  if (!written && !write_error_) {
    write_error_ = written.error();
    request_stop();  // more work would be lost as well
  }
  progress_->finish(spec.id);
  progress_->print(STDERR_FILENO, result_line(session_, result, false));
  finished_[spec.id] = std::move(result);
}

void ExperimentRunner::run_case(const CaseSpec& spec, Worker& worker) {
  progress_->start(spec.id);
  CaseResult result = begin(spec);
  const double start = monotonic_seconds();
  const auto failure = workshop_.failures.find(spec.id);
  if (failure != workshop_.failures.end()) {
    // Where the case says that this LibTorch can't have it, not to compile is the way in which it can't.
    result.verdict = result.expected == Verdict::unsupported ? Verdict::unsupported : Verdict::invalid;
    result.evidence = "does not compile: " + failure->second.error;
    result.log = failure->second.log;
    return finish(spec, std::move(result));
  }
  result.seeds = CaseRunner(worker, session_.paths, spec).run(options_.plan);
  if (interrupted()) return;  // what was cut off is no result
  const CaseJudgement judgement = judge_case(spec, result.seeds);
  result.verdict = judgement.verdict;
  result.evidence = judgement.evidence;
  result.harness_error = judgement.harness_error;
  result.seconds = monotonic_seconds() - start;
  if (!is_timed(spec) || result.verdict != Verdict::reproduced) return finish(spec, std::move(result));
  if (!options_.timing) {
    if (spec.symptom == Symptom::slow) {
      result.verdict = Verdict::inconclusive;
      result.evidence = "right values; not timed (--no-timing)";
    }
    return finish(spec, std::move(result));
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  untimed_[spec.id] = std::move(result);
}

void ExperimentRunner::time_untimed_case(const CaseSpec& spec, Worker& worker) {
  CaseResult result = std::move(untimed_[spec.id]);
  const double start = monotonic_seconds();
  TimingOptions options;
  if (spec.symptom == Symptom::slow) options.thresholds = {spec.min_ratio};
  options.max_seconds = options_.max_seconds;
  options.on_pair = [&](const RatioInterval& ratio) { progress_->note(fmt::format("{} pairs", ratio.pairs)); };
  progress_->start(spec.id);
  result.timing = time_case(worker, session_.paths, spec, options);
  if (interrupted()) return;
  result.timing->use = CaseRunner(worker, session_.paths, spec).measure_use({"buggy", "fixed", "eager"});
  if (interrupted()) return;
  const CaseJudgement values{result.verdict, result.evidence, result.harness_error};
  const CaseJudgement judgement = judge_timing(spec, values, *result.timing);
  result.verdict = judgement.verdict;
  result.evidence = judgement.evidence;
  result.seconds += monotonic_seconds() - start;
  finish(spec, std::move(result));
}

void ExperimentRunner::run_all(const std::vector<const CaseSpec*>& cases) {
  // A hang waits and computes nothing: such cases wait on a thread of their own beside the others.
  std::vector<const CaseSpec*> waiting;
  std::vector<const CaseSpec*> computing;
  for (const CaseSpec* spec : cases) (spec->symptom == Symptom::hang ? waiting : computing).push_back(spec);
  std::thread beside([&] { run_parallel(waiting, 1); });
  run_parallel(computing, options_.jobs);
  beside.join();
  // Nothing else of this experiment runs while a pair is timed.
  Worker worker(workshop_.worker_options(session_.paths));
  for (const CaseSpec* spec : computing) {
    if (untimed_.count(spec->id) != 0 && !interrupted()) time_untimed_case(*spec, worker);
  }
}

void ExperimentRunner::run_parallel(const std::vector<const CaseSpec*>& cases, int jobs) {
  jobs = std::min<int>(jobs, static_cast<int>(cases.size()));
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < jobs; ++i) workers.push_back(std::make_unique<Worker>(workshop_.worker_options(session_.paths)));
  for_each_parallel(cases.size(), jobs, *workshop_.stop,
                    [&](std::size_t item, int thread) { run_case(*cases[item], *workers[thread]); });
}

Result<Experiment> ExperimentRunner::run(const std::vector<const CaseSpec*>& cases) {
  Experiment experiment;
  experiment.context = read_context(session_.paths, workshop_.toolchain, workshop_.sandbox, session_.command_line);
  reuse_finished(cases);
  auto writer = ResultsWriter::open(options_.output, experiment.context);
  if (!writer) return Unexpected(writer.error());
  writer_ = std::make_unique<ResultsWriter>(std::move(*writer));

  std::vector<const CaseSpec*> open;
  for (const CaseSpec* spec : cases) {
    if (finished_.count(spec->id) == 0) open.push_back(spec);
  }
  progress_ = std::make_unique<Progress>(STDERR_FILENO, static_cast<int>(open.size()));
  for (const std::string& id : reused_) progress_->print(STDERR_FILENO, result_line(session_, finished_[id], true));

  run_all(open);
  progress_.reset();

  for (const CaseSpec* spec : cases) {
    const auto found = finished_.find(spec->id);
    if (found != finished_.end()) experiment.results.push_back(found->second);
  }
  experiment.context.load_end = load_average();
  if (write_error_) return Unexpected(*write_error_);
  const auto written = write_reports(experiment, options_.output);
  if (!written) return Unexpected(written.error());
  return experiment;
}

Result<void> write_reports(const Experiment& experiment, const std::string& folder) {
  auto written = write_file(folder + "/report.json",
                            to_json(experiment).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  if (written) written = write_file(folder + "/junit.xml", junit_xml(experiment));
  const bool timed = std::any_of(experiment.results.begin(), experiment.results.end(),
                                 [](const CaseResult& result) { return result.timing.has_value(); });
  if (written && timed) written = write_file(folder + "/google_benchmark.json", google_benchmark_json(experiment));
  return written;
}

std::string default_output(const Session& session, bool resume, const Shard& shard) {
  const fs::path local = fs::path(session.paths.results()) / "local";
  const RE2 of_such_a_run(R"(\d{4}-\d\d-\d\dT[-\d]+Z)" + shard.suffix());  // not a matrix, nor one with another name
  std::error_code ignored;
  std::string newest;
  for (const auto& entry : fs::directory_iterator(local, ignored)) {
    const bool fits = RE2::FullMatch(entry.path().filename().string(), of_such_a_run);
    if (fits && entry.is_directory(ignored)) newest = std::max(newest, entry.path().string());
  }
  if (resume && !newest.empty()) return newest;
  std::string name = utc_now();
  std::replace(name.begin(), name.end(), ':', '-');
  return (local / (name + shard.suffix())).string();
}

int exit_code_of(const Experiment& experiment, bool strict) {
  int code = kAsExpected;
  for (const CaseResult& result : experiment.results) {
    if (result.harness_error) return kHarnessFailure;
    const bool warning = result.verdict == Verdict::inconclusive || result.verdict == Verdict::unsupported;
    if (!result.as_expected() && (strict || !warning)) code = kUnexpected;
  }
  return code;
}

std::string result_line(const Session& session, const CaseResult& result, bool reused) {
  const std::string verdict = result.harness_error ? "harness error" : to_string(result.verdict);
  const std::string time = reused ? "unchanged" : duration_text(result.seconds);
  const std::string head = fmt::format(
      "{} {} ({}): ", painted(fmt::format("{:<14}", verdict), verdict_style(result), session.colour), result.id, time);
  return head + fit(result.evidence, 200) + "\n";
}

}  // namespace hybugs
