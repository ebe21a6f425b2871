// False alarms: fixed against itself, timed as `hybugs time` does and in the naive way, in turn, beside another process
// that loads one CPU for a part of the time. Prints the table of results/timing.md.
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/exec/timed_process.h"
#include "harness/exec/timing.h"
#include "harness/exec/toolchain.h"
#include "harness/io/corpus.h"

namespace hybugs {
namespace {

using std::chrono::milliseconds;

constexpr double kTolerance = 0.05;  // an alarm is a ratio, or a whole interval, further from 1
constexpr int kNaiveRuns = 5;
constexpr int kNaiveWarmUp = 5;

// Spins for `share` of each tenth of a second.
class Load {
 public:
  explicit Load(double share) {
    if (share <= 0) return;
    child_ = ::fork();
    if (child_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto busy = std::chrono::duration<double>(0.1 * share);
    for (;;) {
      const auto begin = std::chrono::steady_clock::now();
      while (std::chrono::steady_clock::now() - begin < busy) {
      }
      std::this_thread::sleep_until(begin + milliseconds(100));
    }
  }
  ~Load() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

 private:
  pid_t child_ = -1;
};

// What people do: a process, some warm-up, one time; five times A, then five times B; the medians decide.
class NaiveTimer {
 public:
  NaiveTimer(const Worker& worker, const Paths& paths, const CaseSpec& spec) : spec_(spec) {
    auto host = worker.start_host(spec.threads);
    if (host) host_ = std::move(*host);
    request_.library = paths.library(spec.id, "fixed");
    request_.mode = TrialMode::time;
  }

  /// Median of B over median of A; NaN when a run failed.
  double ratio() {
    const double a = median_of_runs();
    return median_of_runs() / a;
  }

 private:
  double median_of_runs() {
    std::vector<double> seconds;
    for (int i = 0; i < kNaiveRuns; ++i) seconds.push_back(run_once());
    return median(seconds);
  }

  double run_once() {
    if (!host_) return NAN;
    TimedProcess process(*host_, request_, 60, std::nullopt);
    for (int call = 0; call < spec_.timing.call; ++call) {
      if (!process.run({0, call, 1})) return NAN;
    }
    double seconds = NAN;
    for (int i = 0; i <= kNaiveWarmUp; ++i) {
      const auto batch = process.run({seed_, spec_.timing.call, calls_});
      if (!batch) return NAN;
      seconds = batch->seconds();
      seed_ += static_cast<std::uint64_t>(calls_);
    }
    if (calls_ == 1) calls_ = std::max(2, static_cast<int>(std::ceil(0.005 / seconds)));  // batches as long as ours
    return seconds;
  }

  const CaseSpec& spec_;
  std::unique_ptr<Host> host_;
  TrialRequest request_;
  std::uint64_t seed_ = 1'000'003;
  int calls_ = 1;
};

struct Tally {
  int comparisons = 0, alarms = 0, undecided = 0, failures = 0;
  std::vector<double> distances, seconds, pairs;  // |log ratio|; time and pairs a comparison

  void add(double ratio, bool alarm, double time) {
    ++comparisons;
    alarms += alarm ? 1 : 0;
    distances.push_back(std::abs(std::log(ratio)));
    seconds.push_back(time);
  }
};

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return NAN;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

std::string row(const char* name, const Tally& tally) {
  return fmt::format("| {} | {} | {} | {} | {:.1f} % | {:.1f} % | {:.1f} s |\n", name, tally.comparisons, tally.alarms,
                     tally.undecided, 100 * std::expm1(quantile(tally.distances, 0.5)),
                     100 * std::expm1(quantile(tally.distances, 0.95)), quantile(tally.seconds, 0.5));
}

struct Options {
  std::vector<std::string> ids = {"tensornetwork-b614204", "neural-ode-76e2d60", "image-augmentation-239d767"};
  int comparisons = 200;
  double load = 0.5;
  std::string log;
};

double since(double start) {
  return monotonic_seconds() - start;
}

int run(const Options& options) {
  const Paths paths = {HYBUGS_SOURCE_DIR, HYBUGS_BINARY_DIR, HYBUGS_SOURCE_DIR "/cases", HYBUGS_BINARY_DIR "/cases"};
  const Corpus corpus = load_corpus(paths.cases, "");
  std::shared_mutex machine;
  const Worker worker({paths.host(), probe_sandbox(), nullptr, &machine});
  std::ofstream log(options.log, std::ios::app);
  Tally paired;
  Tally naive;
  const double load_before = load_average();
  const Load load(options.load);
  for (int i = 0; i < options.comparisons; ++i) {
    const std::string& id = options.ids[static_cast<std::size_t>(i) % options.ids.size()];
    const CaseSpec* found = corpus.find(id);
    if (found == nullptr) {
      fmt::print(stderr, "control_bench: no case '{}'\n", id);
      return 2;
    }
    CaseSpec spec = *found;
    spec.timing.phase = TimingPhase::steady;
    TimingOptions timing_options;
    timing_options.variant = "fixed";
    timing_options.thresholds = {1 - kTolerance, 1 + kTolerance};
    timing_options.google_benchmark = false;
    timing_options.eager = false;
    double start = monotonic_seconds();
    const TimingResult timing = time_case(worker, paths, spec, timing_options);
    const RatioInterval& ratio = timing.against_fixed;
    const bool alarm = side_of(ratio, 1 + kTolerance) > 0 || side_of(ratio, 1 - kTolerance) < 0;
    paired.failures += timing.failure.empty() ? 0 : 1;
    paired.undecided += timing.stopped.empty() ? 0 : 1;
    paired.add(ratio.ratio, alarm, since(start));
    start = monotonic_seconds();
    const double naive_ratio = NaiveTimer(worker, paths, spec).ratio();
    naive.add(naive_ratio, std::abs(naive_ratio - 1) > kTolerance, since(start));
    log << nlohmann::json{{"id", id},
                          {"ratio", ratio.ratio},
                          {"low", ratio.low},
                          {"high", ratio.high},
                          {"pairs", ratio.pairs},
                          {"disturbed", timing.disturbed_pairs},
                          {"failure", timing.failure},
                          {"naive", naive_ratio}}
               .dump()
        << std::endl;
    fmt::print(stderr, "\r{}/{}: alarms {} paired, {} naive ", i + 1, options.comparisons, paired.alarms, naive.alarms);
  }
  fmt::print(
      "\n| method | comparisons | alarms | undecided | median distance from 1 | 95 % of them within | time each |\n"
      "|---|---|---|---|---|---|---|\n{}{}\n{} failed. Load average {:.2f} before, {:.2f} after.\n",
      row("`hybugs time --control`", paired), row("five runs of A, then five of B", naive), paired.failures,
      load_before, load_average());
  return 0;
}

}  // namespace
}  // namespace hybugs

int main(int argc, char** argv) {
  hybugs::Options options;
  CLI::App app{"False alarms of paired and of naive timing: fixed against itself, in turn, under load."};
  app.add_option("ids", options.ids, "cases whose fixed program is timed, in turn")->capture_default_str();
  app.add_option("--comparisons", options.comparisons)->capture_default_str();
  app.add_option("--load", options.load, "share of one CPU that another process takes")->capture_default_str();
  app.add_option("--log", options.log, "file to which each comparison is appended as a line of JSON");
  CLI11_PARSE(app, argc, argv);
  return hybugs::run(options);
}
