// False alarms: fixed against itself, timed as `hybugs time` does and in the naive way, in turn, beside another process
// that loads one CPU for a part of the time. Prints a table of both. Comparisons are kept in a log as
// soon as they are made; a second start goes on.
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
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
    std::vector<double> seconds(kNaiveRuns);
    std::generate(seconds.begin(), seconds.end(), [this] { return run_once(); });
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

/// One comparison each way, as it is kept.
struct Comparison {
  RatioInterval paired;
  double paired_seconds = 0;
  double naive = 0;
  double naive_seconds = 0;
};

bool paired_alarm(const Comparison& comparison) {
  return side_of(comparison.paired, 1 + kTolerance) > 0 || side_of(comparison.paired, 1 - kTolerance) < 0;
}

bool naive_alarm(const Comparison& comparison) {
  return !(std::abs(comparison.naive - 1) <= kTolerance);
}

nlohmann::json to_line(const std::string& id, const Comparison& comparison, const TimingResult& timing, double load) {
  return {{"id", id},
          {"ratio", comparison.paired.ratio},
          {"low", comparison.paired.low},
          {"high", std::isfinite(comparison.paired.high) ? comparison.paired.high : 1e9},
          {"pairs", comparison.paired.pairs},
          {"disturbed_pairs", timing.disturbed_pairs},
          {"stopped", timing.stopped},
          {"failure", timing.failure},
          {"seconds", comparison.paired_seconds},
          {"naive", comparison.naive},
          {"naive_seconds", comparison.naive_seconds},
          {"load", load}};
}

std::vector<Comparison> read_log(const std::string& path) {
  std::vector<Comparison> comparisons;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object() || !json["failure"].get<std::string>().empty()) continue;
    comparisons.push_back({{json["ratio"], json["low"], json["high"], json["pairs"]},
                           json["seconds"],
                           json["naive"].is_number() ? json["naive"].get<double>() : NAN,
                           json["naive_seconds"]});
  }
  return comparisons;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return NAN;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)))];
}

struct Method {
  const char* name;
  bool (*alarm)(const Comparison&);
  double (*ratio)(const Comparison&);
  double (*seconds)(const Comparison&);
};

std::string row(const Method& method, const std::vector<Comparison>& comparisons) {
  int alarms = 0;
  std::vector<double> distances;
  std::vector<double> seconds;
  for (const Comparison& comparison : comparisons) {
    alarms += method.alarm(comparison) ? 1 : 0;
    distances.push_back(100 * std::expm1(std::abs(std::log(method.ratio(comparison)))));
    seconds.push_back(method.seconds(comparison));
  }
  return fmt::format("| {} | {} | {} | {:.1f} % | {:.1f} % | {:.1f} s |\n", method.name, comparisons.size(), alarms,
                     quantile(distances, 0.5), quantile(distances, 0.95), quantile(seconds, 0.5));
}

std::string table(const std::vector<Comparison>& comparisons) {
  std::string text =
      "| method | comparisons | alarms | median distance from 1 | 95 % of them within | median time |\n"
      "|---|---|---|---|---|---|\n";
  const Method methods[] = {
      {"`hybugs time --control`", paired_alarm, [](const Comparison& c) { return c.paired.ratio; },
       [](const Comparison& c) { return c.paired_seconds; }},
      {"five runs of A, then five of B", naive_alarm, [](const Comparison& c) { return c.naive; },
       [](const Comparison& c) { return c.naive_seconds; }},
  };
  for (const Method& method : methods) text += row(method, comparisons);
  return text;
}

struct Options {
  std::vector<std::string> ids = {"tensornetwork-b614204", "neural-ode-76e2d60", "image-augmentation-239d767"};
  std::size_t comparisons = 200;
  double load = 0.5;
  std::string log;
};

TimingResult time_paired(const Worker& worker, const Paths& paths, const CaseSpec& spec, Comparison& comparison) {
  TimingOptions options;
  options.variant = "fixed";
  options.thresholds = {1 - kTolerance, 1 + kTolerance};
  options.eager = false;
  options.google_benchmark = false;
  const double start = monotonic_seconds();
  TimingResult timing = time_case(worker, paths, spec, options);
  comparison.paired = timing.against_fixed;
  comparison.paired_seconds = monotonic_seconds() - start;
  return timing;
}

void time_naively(const Worker& worker, const Paths& paths, const CaseSpec& spec, Comparison& comparison) {
  const double start = monotonic_seconds();
  comparison.naive = NaiveTimer(worker, paths, spec).ratio();
  comparison.naive_seconds = monotonic_seconds() - start;
}

int run(const Options& options) {
  const Paths paths = {HYBUGS_SOURCE_DIR, HYBUGS_BINARY_DIR, HYBUGS_SOURCE_DIR "/cases", HYBUGS_BINARY_DIR "/cases"};
  const Corpus corpus = load_corpus(paths.cases, "");
  std::shared_mutex machine;
  const Worker worker({paths.host(), probe_sandbox(), nullptr, &machine});
  const Load load(options.load);
  for (std::size_t i = read_log(options.log).size(); i < options.comparisons; ++i) {
    const std::string& id = options.ids[i % options.ids.size()];
    const CaseSpec* found = corpus.find(id);
    if (found == nullptr) {
      fmt::print(stderr, "control_bench: no case '{}'; `hybugs list --symptom slow` shows them\n", id);
      return 2;
    }
    CaseSpec spec = *found;
    spec.timing.phase = TimingPhase::steady;
    Comparison comparison;
    const TimingResult timing = time_paired(worker, paths, spec, comparison);
    time_naively(worker, paths, spec, comparison);
    std::ofstream(options.log, std::ios::app) << to_line(id, comparison, timing, load_average()).dump() << std::endl;
    fmt::print(stderr, "\r{}/{} ", i + 1, options.comparisons);
  }
  fmt::print("{}", table(read_log(options.log)));
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
  app.add_option("--log", options.log, "file that keeps a line of JSON a comparison; a second start goes on")
      ->required();
  CLI11_PARSE(app, argc, argv);
  return hybugs::run(options);
}
